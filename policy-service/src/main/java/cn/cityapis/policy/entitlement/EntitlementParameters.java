package cn.cityapis.policy.entitlement;

import cn.cityapis.platform.web.QueryDate;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.policy.entitlement.Award.Support;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters as they came: texts, so that all that is wrong can be named at once. */
record EntitlementParameters(
        @Parameter(description = "受众的代码、名称或叫法；上位和下位的类别一并列出", example = "高新技术企业", schema = @Schema(type = "string", maxLength = LONGEST)) @Nullable String audience,
        @Parameter(description = "条目中须有的词，以空格分隔", example = "研发", schema = @Schema(type = "string", maxLength = LONGEST)) @Nullable String q,
        @Parameter(description = "不低于这一金额，单位：分", example = "5000000", schema = @Schema(type = "integer", format = "int64", minimum = "0")) @Nullable String amountMin,
        @Parameter(description = "不高于这一金额，单位：分", example = "50000000", schema = @Schema(type = "integer", format = "int64", minimum = "0")) @Nullable String amountMax,
        @Parameter(description = "方式", example = "reward", schema = @Schema(type = "string", allowableValues = {
                "reward",
                "subsidy", "interest", "credit", "insurance", "funding"})) @Nullable String kind,
        @Parameter(description = "只要在这一天有效的文件", example = "2024-06-30", schema = @Schema(type = "string", format = "date")) @Nullable String validOn,
        @Parameter(description = "责任单位，可只写一部分", example = "市科技局", schema = @Schema(type = "string", maxLength = LONGEST)) @Nullable String organ) {

    private static final int LONGEST = 100;

    Entitlements.Filter understood(LocalDate today) {
        Violations wrong = new Violations();
        List<String> codes = audiences(wrong);
        String words = text("?q", q, wrong);
        String wantedOrgan = text("?organ", organ, wrong);
        if (kind != null && Arrays.stream(Support.values()).noneMatch(one -> one.code().equals(kind))) {
            wrong.add("?kind", "unknown-value", "应为 reward、subsidy、interest、credit、insurance、funding 之一");
        }
        Long least = amount("?amountMin", amountMin, wrong);
        Long most = amount("?amountMax", amountMax, wrong);
        if (least != null && most != null && least > most) {
            wrong.add("?amountMax", "below-minimum", "不能小于 amountMin");
        }
        LocalDate day = day(wrong);
        wrong.throwIfAny();
        return new Entitlements.Filter(codes, words == null ? List.of() : List.of(words.strip().split("\\s+")), kind,
                least, most, wantedOrgan, day == null ? today : day, day != null);
    }

    private List<String> audiences(Violations wrong) {
        String asked = text("?audience", audience, wrong);
        if (asked == null) {
            return List.of();
        }
        Optional<Audiences.Audience> found = Audiences.shipped().find(asked.strip());
        if (found.isEmpty()) {
            wrong.add("?audience", "unknown-value", "没有这类受众，可选的见 /entitlements/audiences");
            return List.of();
        }
        return new ArrayList<>(Audiences.shipped().related(found.get().code()));
    }

    private static @Nullable String text(String pointer, @Nullable String value, Violations wrong) {
        if (value != null && (value.isBlank() || value.length() > LONGEST || value.indexOf('\0') >= 0)) {
            wrong.add(pointer, "wrong-length", "应为 1 至 " + LONGEST + " 字");
            return null;
        }
        return value;
    }

    private static @Nullable Long amount(String pointer, @Nullable String value, Violations wrong) {
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,17}")) {
            wrong.add(pointer, "wrong-type", "应为不小于 0 的整数，单位：分");
            return null;
        }
        return Long.valueOf(value);
    }

    private @Nullable LocalDate day(Violations wrong) {
        try {
            return validOn == null ? null : QueryDate.day(validOn);
        } catch (DateTimeParseException unreadable) {
            wrong.add("?validOn", "wrong-type", "应为日期，如 2024-06-30");
            return null;
        }
    }
}
