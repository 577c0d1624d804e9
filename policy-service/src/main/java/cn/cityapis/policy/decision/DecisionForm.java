package cn.cityapis.policy.decision;

import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.problem.Violations;
import cn.cityapis.policy.decision.Decision.Dates;
import cn.cityapis.policy.decision.Decision.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A decision as it is asked for. */
@Schema(name = "ReadingDecisionForm", description = "核定：withdraw-version 须填 documentId、version；set-dates 还须填 dates、source；reject-relation、confirm-relation 须填 relationId", example = """
        {"kind": "withdraw-version", "documentId": "018f0000-0000-7000-8000-000000000000", "version": 2, "reason": "扫描错行，读成了另一份文件"}""")
record DecisionForm(
        @Schema(description = "种类", example = "withdraw-version") @NotNull(message = "请填写种类") @Nullable Kind kind,
        @Schema(description = "文件标识") @Nullable UUID documentId,
        @Schema(description = "版本号", example = "2") @Min(value = 1, message = "不能小于 1") @Max(value = 1_000_000, message = "过大") @Nullable Integer version,
        @Schema(description = "关系标识，见 listRelations") @Nullable UUID relationId,
        @Schema(description = "日期（核定日期时）") @Valid @Nullable Dates dates,
        @Schema(description = "依据的出处（核定日期时必填）", example = "政策办公室存档原件") @Size(min = 1, max = 500, message = "应为 1 至 500 字") @Pattern(regexp = TEXT, message = "不能含控制字符") @Nullable String source,
        @Schema(description = "理由，请勿写入个人信息", example = "扫描错行，读成了另一份文件") @NotBlank(message = "请填写理由") @Size(max = 1000, message = "最长 1000 字") @Pattern(regexp = TEXT, message = "不能含控制字符") @Nullable String reason) {

    static final String TEXT = "[^\\p{Cntrl}]*";

    /** What is checked beyond the form of each field. */
    DecisionForm checked() {
        Violations wrong = new Violations();
        Kind asked = Objects.requireNonNull(kind);
        if (asked.ofRelation()) {
            required(wrong, "/relationId", relationId);
        } else {
            required(wrong, "/documentId", documentId);
            required(wrong, "/version", version);
        }
        if (asked == Kind.SET_DATES) {
            required(wrong, "/dates", dates);
            required(wrong, "/source", source);
            order(wrong);
        }
        wrong.throwIfAny();
        return this;
    }

    private void order(Violations wrong) {
        LocalDate from = dates == null ? null : dates.inForce() == null ? dates.issued() : dates.inForce();
        LocalDate until = dates == null ? null : dates.validUntil();
        if (from != null && until != null && until.isBefore(from)) {
            wrong.add("/dates/validUntil", "out-of-range", "不能早于施行日期");
        }
    }

    private static void required(Violations wrong, String pointer, @Nullable Object value) {
        if (value == null) {
            wrong.add(pointer, "required", "这种核定须填写");
        }
    }
}
