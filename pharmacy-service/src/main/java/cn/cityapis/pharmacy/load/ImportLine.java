package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.BadLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of an uploaded file, as it would be taken. */
@Schema(description = "文件中的一行及其处理结果")
record ImportLine(@Schema(description = "行号，首行为 1", example = "17") int line,
        @Schema(description = "处理结果", allowableValues = {
                "new", "correction", "unchanged", "questioned", "bad"}, example = "new") String verdict,
        @Schema(description = "将写入的内容；有问题的行不出现", implementation = Object.class, example = "{\"genericName\": \"阿卡波糖片\"}") @Nullable JsonNode content,
        @Schema(description = "问题") List<BadLine> problems) {
}
