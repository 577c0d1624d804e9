package cn.cityapis.policy.search;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(description = "一条输入提示")
record Suggestion(@Schema(description = "种类：title 标题、number 文号、topic 栏目、organ 机关", example = "title") Kind kind,
        @Schema(description = "提示的文字，可直接作为检索词", example = "威海市公办养老机构入住评估轮候办法（试行）") String text,
        @Schema(description = "标题所属文件的文号", example = "威民发〔2023〕17号") @Nullable String number,
        @Schema(description = "固定链接；标题和文号才有") @Nullable String permalink) {

    enum Kind {
        TOPIC("topic"), ORGAN("organ"), NUMBER("number"), TITLE("title");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        @JsonValue
        String code() {
            return code;
        }
    }
}
