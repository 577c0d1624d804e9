package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.util.UUID;

import cn.cityapis.policy.text.KeptAlive;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Another document, as a link. */
@Schema(description = "另一份文件的链接")
public record DocumentLink(@Schema(description = "文件标识") UUID id,
        @Schema(description = "文号", example = "威金监发〔2023〕25号") @Nullable String number,
        @Schema(description = "标题") @Nullable String title,
        @Schema(description = "是否收录了正文", example = "true") boolean held,
        @Schema(description = "只涉及其中的这一部分", example = "第五条") @Nullable String part,
        @Schema(description = "写明这一关系的条目", example = "第十五条") @Nullable String articleLabel,
        @Schema(description = "自这一天起", example = "2023-08-09") @Nullable LocalDate since,
        @Schema(description = "仍按原规定执行的例外：remaining-term 未满年限的剩余年限；existing-matters 此前已办理的事项", example = "remaining-term") @Nullable KeptAlive keeps,
        @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E9%87%91%E7%9B%91%E5%8F%91%E3%80%942023%E3%80%9525%E5%8F%B7") String permalink) {
}
