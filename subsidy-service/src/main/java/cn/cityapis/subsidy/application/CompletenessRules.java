package cn.cityapis.subsidy.application;

import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.paper.Paper;
import cn.cityapis.subsidy.paper.PaperRules;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an application still lacks, all of it at once. */
final class CompletenessRules {

    private static final String BIRTH_DATE = "birthDate";

    private CompletenessRules() {
    }

    static List<Violation> missing(@Nullable String area, Applicant applicant, Facts facts, Outcome outcome,
            List<Paper> handedIn) {
        List<Violation> missing = new ArrayList<>(form(area, applicant, facts));
        missing.addAll(beyond(outcome.scheme(), facts));
        for (String fact : outcome.missing()) {
            String question = outcome.scheme().fact(fact).orElseThrow().question();
            missing.add(new Violation("/facts/" + fact, "missing", question));
        }
        missing.addAll(PaperRules.missing(outcome.scheme().process(), handedIn));
        return missing;
    }

    /** What a draft was told under a version that took more than the one that decides. */
    static List<Violation> beyond(Scheme scheme, Facts facts) {
        return new FactReader(scheme.facts()).read(facts.values()).wrong().stream()
                .filter(wrong -> scheme.fact(wrong.fact()).isPresent())
                .map(wrong -> new Violation("/facts/" + wrong.fact(), wrong.code(), wrong.detail())).toList();
    }

    /** Without looking at the scheme. */
    static List<Violation> form(@Nullable String area, Applicant applicant, Facts facts) {
        List<Violation> missing = new ArrayList<>();
        need(missing, area, "/areaCode", "请选择办理的区市");
        need(missing, applicant.name(), "/applicant/name", "请填写姓名");
        need(missing, applicant.idNumber(), "/applicant/idNumber", "请填写公民身份号码");
        need(missing, applicant.phone(), "/applicant/phone", "请填写手机号");
        need(missing, applicant.bankAccount(), "/applicant/bankAccount", "请填写收款银行账号");
        identity(missing, applicant, facts);
        return missing;
    }

    private static void identity(List<Violation> wrong, Applicant applicant, Facts facts) {
        if (isBlank(applicant.idNumber())) {
            return;
        }
        ResidentId id = applicant.residentId();
        if (id == null) {
            wrong.add(new Violation("/applicant/idNumber", "format", "公民身份号码不正确，请核对"));
        } else if (facts.get(BIRTH_DATE) instanceof LocalDate told && !Objects.equals(told, id.birthDate())) {
            wrong.add(new Violation("/facts/" + BIRTH_DATE, "contradiction", "出生日期与公民身份号码不一致"));
        }
    }

    private static void need(List<Violation> missing, @Nullable String value, String pointer, String detail) {
        if (isBlank(value)) {
            missing.add(new Violation(pointer, "missing", detail));
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
