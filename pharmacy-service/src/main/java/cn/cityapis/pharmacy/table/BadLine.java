package cn.cityapis.pharmacy.table;

import io.swagger.v3.oas.annotations.media.Schema;

/** What is wrong with a line of a file. */
@Schema(description = "文件中有问题的一处")
public record BadLine(@Schema(description = "行号，首行为 1", example = "17") int line,
        @Schema(description = "列名；整行有问题时为空", example = "retailPriceFen") String column,
        @Schema(description = "代码", example = "wrong-type") String code,
        @Schema(description = "说明，可直接展示", example = "应为正整数") String detail) {
}
