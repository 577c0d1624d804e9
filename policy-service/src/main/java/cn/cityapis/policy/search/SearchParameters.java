package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import cn.cityapis.platform.web.QueryDate;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.search.SearchRequest.Filters;
import cn.cityapis.policy.search.SearchRequest.Order;
import cn.cityapis.policy.search.SearchRequest.Place;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parameters of a search as they came: texts, so that all that is wrong can be named at once. */
record SearchParameters(
        @Parameter(description = "要找的内容：词语、问句、拼音或首字母、任意写法的文号；引号中的短语须逐字相连。最长 500 字", example = "老年人能力评估费用", required = true, schema = @Schema(type = "string", minLength = 1, maxLength = LONGEST_QUERY)) @Nullable String q,
        @Parameter(description = "只要在这一天有效的文件", example = "2024-06-30", schema = @Schema(type = "string", format = "date")) @Nullable String validOn,
        @Parameter(description = "只要今天处于这种效力的文件", example = "expired", schema = @Schema(type = "string", allowableValues = {
                "in-force", "not-yet-in-force", "expired", "repealed", "unknown"})) @Nullable String status,
        @Parameter(description = "只要这个发文机关的文件（全称）", example = "威海市民政局", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @Nullable String issuer,
        @Parameter(description = "只要这个栏目的文件", example = "民生保障", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @Nullable String topic,
        @Parameter(description = "只要这种文种的文件；印发类通知按所印发的文件算", example = "办法", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @Nullable String kind,
        @Parameter(description = "只要由这个单位负责的条目（按文中的写法）", example = "市科技局", schema = @Schema(type = "string", maxLength = LONGEST_FILTER)) @Nullable String responsible,
        @Parameter(description = "只要这一天及以后成文的文件", example = "2023-07-01", schema = @Schema(type = "string", format = "date")) @Nullable String issuedFrom,
        @Parameter(description = "只要这一天及以前成文的文件", example = "2023-08-31", schema = @Schema(type = "string", format = "date")) @Nullable String issuedTo,
        @Parameter(description = "只要写有不低于这一金额的条目，单位：分", example = "50000000", schema = @Schema(type = "integer", format = "int64", minimum = "0")) @Nullable String amountMin,
        @Parameter(description = "排序：relevance 相关程度，date 成文日期（新的在前）", example = "relevance", schema = @Schema(type = "string", allowableValues = {
                "relevance", "date"}, defaultValue = "relevance")) @Nullable String sort,
        @Parameter(description = "是否统计各机关、栏目、文种、效力、年份的文件数", example = "true", schema = @Schema(type = "boolean", defaultValue = "false")) @Nullable String facets) {

    private static final int LONGEST_QUERY = 500;
    private static final int LONGEST_FILTER = 100;

    SearchRequest understood(LocalDate today, PageRequest page) {
        Violations wrong = new Violations();
        String text = text(wrong);
        Filters filters = new Filters(day("?validOn", validOn, wrong), status(wrong),
                filter("?issuer", issuer, wrong), filter("?topic", topic, wrong), filter("?kind", kind, wrong),
                filter("?responsible", responsible, wrong), day("?issuedFrom", issuedFrom, wrong),
                day("?issuedTo", issuedTo, wrong), amount(wrong));
        LocalDate from = filters.issuedFrom();
        LocalDate to = filters.issuedTo();
        if (from != null && to != null && from.isAfter(to)) {
            wrong.add("?issuedTo", "before-begin", "不能早于 issuedFrom");
        }
        Order order = oneOf("?sort", sort, Arrays.asList(Order.values()),
                value -> value.name().toLowerCase(java.util.Locale.ROOT), wrong).orElse(Order.RELEVANCE);
        boolean counted = oneOf("?facets", facets, List.of(true, false), String::valueOf, wrong).orElse(false);
        wrong.throwIfAny();
        return new SearchRequest(text, today, filters, order, counted, page.limit(), place(page), snapshot(page));
    }

    private String text(Violations wrong) {
        String text = q == null ? "" : q.strip();
        if (text.isEmpty()) {
            wrong.add("?q", "missing", "请输入要找的内容");
        } else if (text.length() > LONGEST_QUERY) {
            wrong.add("?q", "too-long", "要找的内容最长 " + LONGEST_QUERY + " 字");
        }
        return text;
    }

    private @Nullable Status status(Violations wrong) {
        return oneOf("?status", status, Arrays.asList(Status.values()), Status::code, wrong).orElse(null);
    }

    private static <T> Optional<T> oneOf(String pointer, @Nullable String asked, List<T> values,
            Function<T, String> code, Violations wrong) {
        if (asked == null || asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> found = values.stream().filter(value -> code.apply(value).equals(asked)).findFirst();
        if (found.isEmpty()) {
            wrong.add(pointer, "unknown-value",
                    "应为以下之一：" + values.stream().map(code).collect(Collectors.joining("、")));
        }
        return found;
    }

    private static @Nullable String filter(String pointer, @Nullable String value, Violations wrong) {
        if (value != null && (value.isBlank() || value.length() > LONGEST_FILTER)) {
            wrong.add(pointer, "wrong-length", "应为 1 至 " + LONGEST_FILTER + " 字");
        }
        return value;
    }

    private static @Nullable LocalDate day(String pointer, @Nullable String value, Violations wrong) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return QueryDate.day(value);
        } catch (DateTimeParseException notADay) {
            wrong.add(pointer, "wrong-type", "应为日期，如 2024-06-30");
            return null;
        }
    }

    private @Nullable Long amount(Violations wrong) {
        if (amountMin == null || amountMin.isEmpty()) {
            return null;
        }
        if (!amountMin.matches("\\d{1,18}")) {
            wrong.add("?amountMin", "wrong-type", "应为不小于 0 的整数，单位：分");
            return null;
        }
        return Long.valueOf(amountMin);
    }

    private static Optional<Place> place(PageRequest page) {
        List<String> after = page.after();
        if (after.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Place(Double.parseDouble(after.get(0)), after.get(1)));
        } catch (NumberFormatException | IndexOutOfBoundsException forged) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    private static Optional<String> snapshot(PageRequest page) {
        return page.after().size() > 2 ? Optional.of(page.after().get(2)) : Optional.empty();
    }
}
