package cn.cityapis.policy.decision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the policy office has decided on the reading of a document. */
@Schema(name = "ReadingDecision", description = "对文件读取结果的一项核定")
record Decision(@Schema(description = "核定编号") UUID id,
        @Schema(description = "种类", example = "withdraw-version") Kind kind,
        @Schema(description = "所核定的文件；核定关系时为写明该关系的文件") UUID documentId,
        @Schema(description = "版本号（核定版本时）", example = "2") @Nullable Integer version,
        @Schema(description = "关系（核定关系时）") @Nullable OfRelation relation,
        @Schema(description = "核定的日期（核定日期时）") @Nullable Dates dates,
        @Schema(description = "核定之前读出的日期（核定日期时）") @Nullable Dates datesRead,
        @Schema(description = "依据的出处", example = "政策办公室存档原件") @Nullable String source,
        @Schema(description = "理由", example = "扫描错行，读成了另一份文件") String reason,
        @Schema(description = "由谁核定", example = "demo-city-officer") String decidedBy,
        @Schema(description = "核定的时间") OffsetDateTime decidedAt,
        @Schema(description = "由谁撤销；未撤销时不出现") @Nullable String revokedBy,
        @Schema(description = "撤销的时间；未撤销时不出现") @Nullable OffsetDateTime revokedAt,
        @Schema(description = "撤销的理由；未撤销时不出现") @Nullable String revokedBecause) {

    @Schema(description = "withdraw-version 撤回错误收录的版本；set-dates 核定日期；reject-relation 否定一个关系；confirm-relation 确认一个关系")
    enum Kind {
        @JsonProperty("withdraw-version")
        WITHDRAW_VERSION, @JsonProperty("set-dates")
        SET_DATES, @JsonProperty("reject-relation")
        REJECT_RELATION, @JsonProperty("confirm-relation")
        CONFIRM_RELATION;

        /** As the database spells it. */
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        boolean ofRelation() {
            return this == REJECT_RELATION || this == CONFIRM_RELATION;
        }
    }

    @Schema(name = "DecidedRelation", description = "一个关系，按内容指认：文件更正后再读出同样的关系时，核定仍然有效")
    record OfRelation(@Schema(description = "关系", example = "repeals") String kind,
            @Schema(description = "另一份文件") UUID target,
            @Schema(description = "只涉及的部分", example = "第五条") @Nullable String part) {
    }

    @Schema(name = "DecidedDates", description = "日期；没有的不填")
    record Dates(@Schema(description = "成文日期", example = "2023-07-18") @Nullable LocalDate issued,
            @Schema(description = "施行日期", example = "2023-08-01") @Nullable LocalDate inForce,
            @Schema(description = "有效期的最后一天", example = "2028-07-31") @Nullable LocalDate validUntil) {
    }
}
