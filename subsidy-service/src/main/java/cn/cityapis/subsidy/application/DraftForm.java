package cn.cityapis.subsidy.application;

import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.security.OwnIdNumber;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.scheme.Scheme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What may stand in a draft: anything may be left out, nothing may be nonsense. */
@Component
class DraftForm {

    private static final Pattern PHONE = Pattern.compile("1\\d{10}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{8,30}");

    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final OwnIdNumber ownIdNumber;

    DraftForm(SchemeCatalogue catalogue, SubsidySettings settings, OwnIdNumber ownIdNumber) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.ownIdNumber = ownIdNumber;
    }

    record Contents(@Nullable String area, Applicant applicant, Facts facts) {
    }

    /** @throws ProblemException naming what is wrong so far, if there is no such scheme */
    Scheme scheme(@Nullable String id, Violations violations) {
        return catalogue.find(id == null ? "" : id).map(CompiledScheme::scheme).orElseThrow(() -> {
            violations.add("/schemeId", "unknown", "没有编号为 " + id + " 的补贴方案");
            return ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这个补贴方案", violations.list());
        });
    }

    /** A draft is held to today's version, what was submitted to the one it was submitted under. */
    Scheme scheme(Application application) {
        return (application.state() == ApplicationState.DRAFT
                ? catalogue.find(application.scheme())
                : catalogue.find(application.scheme(), application.schemeVersion())).orElseThrow().scheme();
    }

    void requireOpen(Scheme scheme) {
        String because = scheme.process().closedBecause();
        if (because != null) {
            throw ApplicationsController.closed(because);
        }
    }

    Contents contents(Scheme scheme, @Nullable String area, @Nullable Applicant applicant,
            @Nullable Map<String, @Nullable Object> facts, Caller by, Violations violations) {
        if (area != null && settings.area(area).isEmpty()) {
            violations.add("/areaCode", "unknown", "没有代码为 " + area + " 的区市");
        }
        Applicant who = applicant == null ? Applicant.UNKNOWN : applicant;
        form(violations, PHONE, who.phone(), "/applicant/phone", "手机号应为 11 位数字");
        form(violations, ACCOUNT, who.bankAccount(), "/applicant/bankAccount", "银行账号应为 8 至 30 位数字");
        notOwn(who, by).ifPresent(each -> violations.add(each.pointer(), each.code(), each.detail()));
        return new Contents(area, who, facts(scheme, facts == null ? Map.of() : facts, violations));
    }

    /** What is wrong with whose number it is, as far as it is one. */
    Optional<Violation> notOwn(Applicant who, Caller by) {
        ResidentId number = who.residentId();
        return number == null ? Optional.empty() : ownIdNumber.refusal(by, number, "/applicant/idNumber");
    }

    Facts facts(Scheme scheme, Map<String, @Nullable Object> raw, Violations violations) {
        FactReader.Reading reading = new FactReader(scheme.facts()).read(raw);
        reading.wrong().forEach(wrong -> violations.add("/facts/" + wrong.fact(), wrong.code(), wrong.detail()));
        return reading.facts();
    }

    private static void form(Violations violations, Pattern form, @Nullable String value, String pointer,
            String detail) {
        if (value != null && !value.isEmpty() && !form.matcher(value).matches()) {
            violations.add(pointer, "format", detail);
        }
    }

    @Nullable
    ApplicationState state(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Arrays.stream(ApplicationState.values()).filter(state -> state.code().equals(code)).findFirst()
                .orElseThrow(() -> ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这个状态",
                        List.of(new Violation("?state", "unknown", "没有名为 " + code + " 的状态"))));
    }
}
