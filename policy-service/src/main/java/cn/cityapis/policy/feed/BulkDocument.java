package cn.cityapis.policy.feed;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.text.SourceKind;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One line of the download. What depends on the day, such as the status, is not in it: it follows from the dates, its own and
 * those of what ended or prolonged it.
 */
@Schema(description = "一份文件的现行版本及全部条目")
record BulkDocument(@Schema(description = "文件标识，各版本不变") UUID id,
        @Schema(description = "版本号", example = "1") int version,
        @Schema(description = "文号", example = "威民发〔2023〕17号") @Nullable String number,
        @Schema(description = "标题") String title, @Schema(description = "全部发文机关") List<String> organs,
        @Schema(description = "主送机关") @Nullable String addressees,
        @Schema(description = "成文日期", example = "2023-07-18") @Nullable LocalDate issued,
        @Schema(description = "施行日期（文中写明时）", example = "2023-07-18") @Nullable LocalDate inForce,
        @Schema(description = "有效期的最后一天", example = "2024-12-31") @Nullable LocalDate validUntil,
        @Schema(description = "是否试行、暂行") boolean trial,
        @Schema(description = "废止它的文件；没有被废止时无此项", example = "威政发〔2023〕4号") @Nullable String repealedBy,
        @Schema(description = "自哪一天起废止；有 repealedBy 而无此项时，废止日期不详", example = "2023-07-21") @Nullable LocalDate repealedSince,
        @Schema(description = "延长其有效期的文件；没有延长时无此项", example = "威医保发〔2023〕3号") @Nullable String extendedBy,
        @Schema(description = "延长后有效期的最后一天；有 extendedBy 而无此项时，继续有效且未规定期限", example = "2028-12-31") @Nullable LocalDate extendedUntil,
        @Schema(description = "公报目录中的栏目", example = "民生保障") @Nullable String topic,
        @Schema(description = "内容来源：official 官方文本；digest 摘要", example = "official") SourceKind sourceKind,
        @Schema(description = "这一版本装载的时间") OffsetDateTime recordedAt,
        @Schema(description = "固定链接") String permalink,
        @ArraySchema(schema = @Schema(implementation = BulkDocument.Item.class), arraySchema = @Schema(description = "全部条目")) @JsonRawValue String articles) {

    /** An article as the database writes it. */
    @Schema(name = "BulkArticle", description = "一个条目")
    record Item(@Schema(description = "条目编号", example = "19") String key,
            @Schema(description = "条的序号（非条款的编号没有）", example = "19") @Nullable Integer number,
            @Schema(description = "原文编号", example = "第十九条") String label,
            @Schema(description = "所在章节") String heading, @Schema(description = "条目内容") String text) {
    }
}
