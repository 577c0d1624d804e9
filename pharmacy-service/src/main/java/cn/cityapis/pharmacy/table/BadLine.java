package cn.cityapis.pharmacy.table;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a line of a file. */
@Schema(description = "文件中有问题的一处")
public record BadLine(@Schema(description = "行号，首行为 1", example = "17") int line,
        @Schema(description = "列名；整行有问题时为空", example = "retailPriceFen") String column,
        @Schema(description = "代码", example = "wrong-type") String code,
        @Schema(description = "说明，可直接展示", example = "应为正整数") String detail) {

    /** How many lines are bad, and their first faults by line and column. */
    public record Told(int lines, List<BadLine> first) {

        /** The faults of this and of other lines of the same file. */
        public Told and(Told others) {
            return new Told(lines + others.lines, Stream.concat(first.stream(), others.first.stream())
                    .sorted(Comparator.comparing(BadLine::line).thenComparing(BadLine::column))
                    .limit(BadLines.MOST_TOLD).toList());
        }
    }
}
