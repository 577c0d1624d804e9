package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

import cn.cityapis.policy.text.KeptAlive;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A relation as one of its two documents sees it. */
@Schema(description = "两份文件之间的一个关系，从所查文件的角度")
public record RelationView(@Schema(description = "关系标识") UUID id,
        @Schema(description = "关系：basis 依据；transmits 印发、转发；repeals 废止；replaces 取代；amends 修改；interprets 解释；supplements 补充；extends 延长有效期；cites 引用；earlier-rules-yield 此前规定不一致的以本文件为准；external-attachment 附件另见", example = "repeals") RelationKind kind,
        @Schema(description = "关系的中文名称", example = "废止") String kindText,
        @Schema(description = "outgoing：所查文件对另一份；incoming：另一份对所查文件", example = "outgoing") Direction direction,
        @Schema(description = "另一份文件；总括条款和另见的附件没有") @Nullable Counterpart document,
        @Schema(description = "涉及的部分：只废止某条时是该条；印发时是所印发文件的标题", example = "第五条") @Nullable String part,
        @Schema(description = "附件登载在哪里", example = "威海市教育局网站") @Nullable String place,
        @Schema(description = "这一关系自哪天起", example = "2023-08-09") @Nullable LocalDate effective,
        @Schema(description = "延长有效期时延长到的最后一天；继续有效而未写明日期时没有", example = "2027-12-31") @Nullable LocalDate until,
        @Schema(description = "延长有效期时延长几个月（只写明时间长短时）", example = "24") @Nullable Integer months,
        @Schema(description = "写明这一关系的条目；只见于标题时没有") @Nullable Stated statedIn,
        @Schema(description = "废止的例外：原有权利如何延续") @Nullable Survival exception) {

    /** Which way a relation points. */
    public enum Direction {
        OUTGOING, INCOMING;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(description = "关系另一端的文件")
    public record Counterpart(@Schema(description = "文件标识") UUID id,
            @Schema(description = "文号", example = "威人组发〔2020〕12号") @Nullable String number,
            @Schema(description = "标题") @Nullable String title,
            @Schema(description = "是否收录了正文", example = "false") boolean held,
            @Schema(description = "固定链接") String permalink) {
    }

    @Schema(description = "写明关系的文件和条目")
    public record Stated(@Schema(description = "所在文件的文号", example = "威金监发〔2023〕25号") @Nullable String number,
            @Schema(description = "条目编号", example = "15") String articleKey,
            @Schema(description = "原文编号", example = "第十五条") String articleLabel,
            @Schema(description = "条目的固定链接") String permalink) {
    }

    @Schema(description = "废止之后仍按原规定执行的部分")
    public record Survival(
            @Schema(description = "remaining-term：未满年限的剩余年限；existing-matters：此前已办理的事项", example = "remaining-term") KeptAlive kind,
            @Schema(description = "说明，可直接展示") String text,
            @Schema(description = "规定例外的条目") Stated statedIn) {
    }
}
