package cn.cityapis.subsidy.application;

import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.pii.ResidentId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Who applies, in the clear. Leaves the service masked, except where reading it is audited. */
@Schema(description = "申请人（草稿中可以不完整）")
public record Applicant(
        @Schema(description = "姓名", example = "李明") @Size(max = 50, message = "姓名最多 50 个字") @Nullable String name,
        @Schema(description = "公民身份号码（18 位）", example = "371002199405020017") @Size(max = 18, message = "公民身份号码为 18 位") @Nullable String idNumber,
        @Schema(description = "手机号", example = "13812345678") @Size(max = 11, message = "手机号为 11 位") @Nullable String phone,
        @Schema(description = "收款银行账号", example = "6222020000000000123") @Size(max = 30, message = "银行账号最多 30 位") @Nullable String bankAccount) {

    static final Applicant UNKNOWN = new Applicant(null, null, null, null);

    Applicant masked() {
        return new Applicant(name == null ? null : Masking.name(name),
                idNumber == null ? null : Masking.idNumber(idNumber), phone == null ? null : Masking.phone(phone),
                bankAccount == null ? null : tail(bankAccount));
    }

    private static String tail(String account) {
        int shown = Math.min(4, account.length());
        return "*".repeat(account.length() - shown) + account.substring(account.length() - shown);
    }

    @Nullable
    ResidentId residentId() {
        return idNumber == null ? null : ResidentId.parse(idNumber).orElse(null);
    }

    @Override
    public String toString() {
        return "Applicant[" + (name == null ? "?" : Masking.name(name)) + "]";
    }
}
