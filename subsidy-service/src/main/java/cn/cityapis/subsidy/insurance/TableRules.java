package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Grant;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.money.Fen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lead insurer's table (保费补贴申请表, 第十一条): one insured person a row, decided by the published schemes of
 * 第五条 to 第八条 on the premium actually paid. All rows that are wrong are named at once; one wrong row refuses the table.
 */
final class TableRules {

    static final List<String> HEAD = List.of("kind", "name", "idNumber", "company", "policyNumber", "policyStart",
            "premiumYuan", "sumInsuredYuan", "selectionYear", "programmeLevel", "onConfirmedList", "fullTimeInPost",
            "companyOperating", "companyHasRdConditions", "hasOldTermsYears", "yearsSubsidised", "yearsSkipped");
    static final int MOST_ROWS = 2_000;
    private static final int MOST_NAMED = 300;
    private static final int LONGEST = 100;

    private final Function<String, Optional<CompiledScheme>> schemes;
    private final LocalDate opens;
    private final LocalDate closes;
    private final List<Violation> wrong = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> persons = new HashSet<>();
    private final Set<String> policies = new HashSet<>();

    private TableRules(Function<String, Optional<CompiledScheme>> schemes, LocalDate opens, LocalDate closes) {
        this.schemes = schemes;
        this.opens = opens;
        this.closes = closes;
    }

    /** One insured person, in the clear. */
    record Row(int line, CompiledScheme scheme, String name, String idNumber, String company, String policyNumber,
            Fen premium, Fen subsidy, Facts facts) {

        @Override
        public String toString() {
            return "Row[" + line + " " + subsidy.value() + "]";
        }
    }

    record Table(List<Row> rows, List<Violation> wrong) {
    }

    /**
     * @param cells from the head on
     * @param schemes by kind: rd or personal
     * @param opens first day of the round, within which every policy begins (第十条)
     */
    static Table read(List<List<String>> cells, Function<String, Optional<CompiledScheme>> schemes, LocalDate opens,
            LocalDate closes) {
        TableRules table = new TableRules(schemes, opens, closes);
        if (cells.isEmpty() || !cells.getFirst().equals(HEAD)) {
            table.add("/rows", "head", "首行栏名应为 " + String.join(",", HEAD));
        } else if (cells.size() < 2 || cells.size() > MOST_ROWS + 1) {
            table.add("/rows", "size", "应有 1 至 " + MOST_ROWS + " 行");
        } else {
            for (int i = 1; i < cells.size(); i++) {
                table.row(i, cells.get(i));
            }
        }
        return new Table(List.copyOf(table.rows), List.copyOf(table.wrong));
    }

    private void row(int line, List<String> cells) {
        String at = "/rows/" + line;
        if (cells.size() != HEAD.size() || cells.stream().anyMatch(cell -> cell.length() > LONGEST)) {
            add(at, "format", "应有 " + HEAD.size() + " 栏，每栏最多 " + LONGEST + " 字");
            return;
        }
        int before = wrong.size();
        Map<String, String> of = new HashMap<>();
        for (int i = 0; i < HEAD.size(); i++) {
            of.put(HEAD.get(i), cells.get(i));
        }
        for (String needed : List.of("name", "company", "policyNumber")) {
            if (cell(of, needed).isEmpty()) {
                add(at + "/" + needed, "missing", "不能为空");
            }
        }
        CompiledScheme scheme = schemes.apply(cell(of, "kind")).orElse(null);
        if (scheme == null) {
            add(at + "/kind", "unknown", "险种应为 rd（企业研发补偿保险）或 personal（人身保障保险）（第三条）");
        }
        identity(at, of);
        Long premium = fen(at + "/premiumYuan", cell(of, "premiumYuan"));
        Long sum = fen(at + "/sumInsuredYuan", cell(of, "sumInsuredYuan"));
        LocalDate start = start(at, cell(of, "policyStart"));
        if (scheme != null && premium != null && sum != null && start != null && wrong.size() == before) {
            decide(at, line, of, scheme, premium, sum, start);
        }
    }

    private void decide(String at, int line, Map<String, String> of, CompiledScheme scheme, long premium, long sum,
            LocalDate start) {
        FactReader.Reading reading = new FactReader(scheme.scheme().facts())
                .read(facts(of, scheme, premium, sum, start));
        reading.wrong().forEach(fact -> add(at + "/" + fact.fact(), fact.code(), fact.detail()));
        if (!reading.wrong().isEmpty()) {
            return;
        }
        Outcome outcome = scheme.decide(reading.facts(), start);
        Grant grant = outcome.grant();
        if (outcome.result() != TriState.YES || grant == null) {
            outcome.failed().forEach(failed -> add(at, "not-met", failed.whyNot()
                    + (failed.citation() == null ? "" : "（" + failed.citation().text() + "）")));
            outcome.missing().forEach(name -> add(at + "/" + name, "missing", "缺少 " + name));
            return;
        }
        rows.add(new Row(line, scheme, cell(of, "name"), cell(of, "idNumber"), cell(of, "company"),
                cell(of, "policyNumber"), new Fen(premium), new Fen(grant.amountFen()), reading.facts()));
    }

    /** The columns under the names that the scheme gives its facts. */
    private static Map<String, @Nullable Object> facts(Map<String, String> of, CompiledScheme scheme, long premium,
            long sum, LocalDate start) {
        Map<String, @Nullable Object> all = new HashMap<>();
        String kind = cell(of, "kind");
        all.put(kind + "PremiumFen", premium);
        all.put(kind + "SumInsuredFen", sum);
        all.put("policyStart", start.toString());
        all.put("programmeLevel", cell(of, "programmeLevel"));
        all.put("selectionYear", number(cell(of, "selectionYear")));
        all.put(kind + "YearsSubsidised", number(cell(of, "yearsSubsidised")));
        all.put(kind + "YearsSkipped", number(cell(of, "yearsSkipped")));
        for (String fact : List.of("onConfirmedList", "fullTimeInPost", "companyOperating", "companyHasRdConditions",
                "hasOldTermsYears")) {
            all.put(fact, yesOrNo(cell(of, fact)));
        }
        all.keySet().removeIf(name -> scheme.scheme().fact(name).isEmpty());
        return all;
    }

    /** A small x is brought into the form that every other place keeps: one person has one number. */
    private void identity(String at, Map<String, String> of) {
        ResidentId id = ResidentId.parse(cell(of, "idNumber")).orElse(null);
        if (id == null) {
            add(at + "/idNumber", "format", "公民身份号码不正确");
        } else {
            of.put("idNumber", id.value());
            if (!persons.add(cell(of, "kind") + id.value())) {
                add(at + "/idNumber", "repeated", "同一人同一险种每年度只能申报一次");
            }
        }
        if (!policies.add(cell(of, "kind") + cell(of, "policyNumber"))) {
            add(at + "/policyNumber", "repeated", "保险单号重复");
        }
    }

    private @Nullable Long fen(String at, String yuan) {
        if (!yuan.matches("\\d{1,12}(\\.\\d{1,2})?") || new BigDecimal(yuan).signum() == 0) {
            add(at, "format", "应为正的金额（元），最多两位小数");
            return null;
        }
        return new BigDecimal(yuan).movePointRight(2).longValueExact();
    }

    private @Nullable LocalDate start(String at, String day) {
        try {
            LocalDate start = LocalDate.parse(day);
            if (!start.isBefore(opens) && !start.isAfter(closes)) {
                return start;
            }
            add(at + "/policyStart", "out-of-range", "保单应在集中投保期 " + opens + " 至 " + closes + " 内（第十条）");
        } catch (DateTimeParseException e) {
            add(at + "/policyStart", "format", "应为日期，如 2026-09-02");
        }
        return null;
    }

    private static Object yesOrNo(String cell) {
        return switch (cell) {
            case "是" -> true;
            case "否" -> false;
            default -> cell;
        };
    }

    private static Object number(String cell) {
        return cell.matches("\\d{1,9}") ? (Object) Long.parseLong(cell) : (Object) cell;
    }

    private static String cell(Map<String, String> of, String name) {
        return of.getOrDefault(name, "");
    }

    private void add(String pointer, String code, String detail) {
        if (wrong.size() < MOST_NAMED) {
            wrong.add(new Violation(pointer, code, detail));
        }
    }
}
