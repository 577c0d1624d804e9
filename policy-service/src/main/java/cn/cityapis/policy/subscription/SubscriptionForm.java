package cn.cityapis.policy.subscription;

import cn.cityapis.platform.problem.Violations;
import cn.cityapis.policy.entitlement.Offers;
import cn.cityapis.policy.search.SavedQuery;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subscription as it is asked for. */
@Schema(description = "订阅；profile 与 query 恰填一个", example = """
        {"name": "高企奖励", "profile": {"audiences": ["高新技术企业"], "amountMinFen": 5000000}}""")
record SubscriptionForm(
        @Schema(description = "名称", example = "高企奖励") @NotBlank(message = "请填写名称") @Size(max = 100, message = "最长 100 字") @Nullable String name,
        @Schema(description = "画像：有支持条款面向这些受众时通知") @Valid @Nullable ProfileForm profile,
        @Schema(description = "检索条件：有条目符合时通知") @Valid @Nullable QueryForm query) {

    private static final long LARGEST = 1_000_000_000_000_000L;

    @Schema(description = "画像")
    record ProfileForm(
            @Schema(description = "受众的代码、名称或叫法，见 /entitlements/audiences", example = "[\"高新技术企业\"]") @NotNull(message = "请填写受众") @Size(min = 1, max = 10, message = "应为 1 至 10 类") @Nullable List<@NotBlank(message = "不能为空") @Size(max = 100, message = "最长 100 字") String> audiences,
            @Schema(description = "不低于这一金额才通知，单位：分", example = "5000000") @Min(value = 0, message = "不能小于 0") @Max(value = LARGEST, message = "过大") @Nullable Long amountMinFen) {
    }

    @Schema(description = "检索条件，含义同 GET /documents；但每个词（或其别称）都须出现")
    record QueryForm(
            @Schema(description = "要找的内容", example = "养老机构 评估") @NotBlank(message = "请填写要找的内容") @Size(max = 500, message = "最长 500 字") @Nullable String q,
            @Schema(description = "发文机关（全称）", example = "威海市民政局") @Size(min = 1, max = 100, message = "应为 1 至 100 字") @Nullable String issuer,
            @Schema(description = "栏目", example = "民生保障") @Size(min = 1, max = 100, message = "应为 1 至 100 字") @Nullable String topic,
            @Schema(description = "文种", example = "办法") @Size(min = 1, max = 100, message = "应为 1 至 100 字") @Nullable String kind,
            @Schema(description = "责任单位", example = "市民政局") @Size(min = 1, max = 100, message = "应为 1 至 100 字") @Nullable String responsible,
            @Schema(description = "条目写有不低于这一金额，单位：分", example = "5000000") @Min(value = 0, message = "不能小于 0") @Max(value = LARGEST, message = "过大") @Nullable Long amountMinFen) {

        SavedQuery saved() {
            return new SavedQuery(Objects.requireNonNull(q).strip(), issuer, topic, kind, responsible, amountMinFen);
        }
    }

    /** What is checked beyond the form of each field. */
    Checked checked() {
        Violations wrong = new Violations();
        if ((profile == null) == (query == null)) {
            wrong.add("/profile", "exactly-one", "profile 与 query 应恰填一个");
        }
        Profile known = profile == null ? null : profile(profile, wrong);
        wrong.throwIfAny();
        return new Checked(Objects.requireNonNull(name).strip(), known, query == null ? null : query.saved());
    }

    private static Profile profile(ProfileForm form, Violations wrong) {
        List<String> asked = Objects.requireNonNull(form.audiences());
        for (int i = 0; i < asked.size(); i++) {
            if (Offers.audience(asked.get(i)).isEmpty()) {
                wrong.add("/profile/audiences/" + i, "unknown-value", "没有这类受众，可选的见 /entitlements/audiences");
            }
        }
        return new Profile(asked.stream().map(Offers::audience).flatMap(Optional::stream).distinct().toList(),
                form.amountMinFen());
    }

    record Checked(String name, @Nullable Profile profile, @Nullable SavedQuery query) {
    }
}
