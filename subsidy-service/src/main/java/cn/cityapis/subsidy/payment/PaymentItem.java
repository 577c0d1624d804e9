package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.pii.Masking;
import cn.cityapis.subsidy.money.Fen;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.YearMonth;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order to the bank, in the clear; leaves the service masked, except in the bank's file.
 *
 * @param line its place in the file; 0 until the file is made, and if it was taken out of it
 * @param attempt from 1
 * @param otherAccount whether the account is not the applicant's yet: a retry names it, and another person sends that
 * @param failure what the bank said, if it did not arrive; why it was taken out, if it was
 */
record PaymentItem(UUID id, UUID run, String scheme, int line, UUID application, YearMonth month, Fen amount,
        int attempt, State state, String payee, String account, boolean otherAccount, @Nullable String failure,
        @Nullable String bankReference) {

    /** What became of it. */
    enum State {
        PENDING,
        PAID,
        FAILED,
        RETRIED,
        RELEASED,
        /** Taken out of its file because its case is suspended; decided when that goes on. */
        HELD,
        /** Taken out of its file for good: the month is withheld, or was ordered anew. */
        EXCLUDED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it is shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PaymentItem", description = "批次中的一笔（收款人已脱敏）")
    record View(@Schema(description = "笔编号") UUID id, @Schema(description = "批次编号") UUID runId,
            @Schema(description = "文件中的行号；0 表示不在文件中", example = "1") int line,
            @Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "月份", example = "2026-11") String month,
            @Schema(description = "金额（分）", example = "500000") long amountFen,
            @Schema(description = "第几次", example = "1") int attempt,
            @Schema(description = "状态：pending 待回盘；paid 已到账；failed 失败待处理；retried 已重发；released 不再发放；held 因暂停发放在送出前剔除，恢复后重新审核；excluded 送出前剔除") State state,
            @Schema(description = "收款人（已脱敏）", example = "李*") String payee,
            @Schema(description = "收款账号（已脱敏）", example = "***************0123") String account,
            @Schema(description = "是否为重发时更正的账号：由另一人送交后才成为申请的收款账号") boolean otherAccount,
            @Schema(description = "失败或剔除的原因") @Nullable String failure,
            @Schema(description = "银行流水号") @Nullable String bankReference) {
    }

    /** Whom it goes to, in the clear. */
    @Schema(name = "PaymentPayee", description = "一笔发放的收款人")
    record Payee(@Schema(description = "收款人", example = "李明") String payee,
            @Schema(description = "收款账号", example = "6222020000000000456") String bankAccount,
            @Schema(description = "是否为重发时更正的账号") boolean otherAccount) {

        @Override
        public String toString() {
            return "Payee[]";
        }
    }

    View view() {
        int shown = Math.min(4, account.length());
        return new View(id, run, line, application, month.toString(), amount.value(), attempt, state,
                Masking.name(payee),
                "*".repeat(account.length() - shown) + account.substring(account.length() - shown), otherAccount,
                failure,
                bankReference);
    }

    @Override
    public String toString() {
        return "PaymentItem[" + id + " " + month + " " + amount.value() + "]";
    }
}
