package cn.cityapis.subsidy.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Payments that go to the bank in one file.
 *
 * @param digest SHA-256 of the file, in hexadecimal; null until it is made
 * @param purpose as each line of the file says it, fixed when it was made; null until then
 * @param createdBy who gave the order; a retry is sent by another
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "发放批次：一个银行文件中的各笔")
public record PaymentRun(@Schema(description = "批次编号") UUID id, @Schema(description = "版本", example = "1") long version,
        @Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
        @Schema(description = "类别：monthly 按月；retry 单笔重发") Kind kind, @Schema(description = "状态") State state,
        @Schema(description = "笔数", example = "3") int items,
        @Schema(description = "总额（分）", example = "800000") long totalFen,
        @Schema(description = "银行文件的 SHA-256（十六进制）") @Nullable String digest,
        @Schema(description = "文件中每笔的用途，其后为月份", example = "人才生活津贴") @Nullable String purpose,
        @Schema(description = "创建人") String createdBy, @Schema(description = "创建时间") OffsetDateTime createdAt,
        @Schema(description = "送交银行时间") @Nullable OffsetDateTime sentAt,
        @Schema(description = "银行回盘时间") @Nullable OffsetDateTime repliedAt,
        @Schema(description = "办结时间") @Nullable OffsetDateTime closedAt,
        @Schema(description = "送出前剔除的各笔：当时已暂停发放、已全部追回，或当月已不满足发放条件") List<TakenOut> takenOut) {

    public PaymentRun {
        takenOut = List.copyOf(takenOut);
    }

    /** A payment that was not due any more when the run was sent. */
    @Schema(name = "TakenOutPayment", description = "送出前剔除的一笔")
    public record TakenOut(@Schema(description = "笔编号") UUID itemId,
            @Schema(description = "剔除前文件中的行号", example = "1") int line,
            @Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "月份", example = "2026-11") String month,
            @Schema(description = "原因", example = "申请已暂停发放") String reason) {
    }

    /** Why it was made. */
    public enum Kind {
        MONTHLY, RETRY;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. Replied: the bank has answered and some payments still need an answer of ours. */
    public enum State {
        CREATED("收集中"),
        FILE_MADE("文件已生成"),
        SENT("已送银行"),
        REPLIED("已回盘，有失败待处理"),
        CLOSED("已办结"),
        /** None of its payments was due any more when it was to be sent. */
        CANCELLED("已撤销，无可送的各笔");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** Chinese, for people. */
        public String label() {
            return label;
        }

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
