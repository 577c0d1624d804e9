package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.platform.pii.ResidentId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** 第五条, 第十二条, 第十三条: everything that is missing, named once and together. */
public final class CompletenessRules {

    private CompletenessRules() {
    }

    /** @param provided the papers that are there, uploaded or confirmed by a register */
    public static List<Missing> missing(ApplicationForm form, Set<MaterialKind> provided, LocalDate today,
            RuleOptions options) {
        List<Missing> missing = new ArrayList<>();
        applicant(form.applicant(), today, options, missing);
        agent(form, missing);
        guardian(form.guardian(), missing);
        if (form.homeIds().isEmpty()) {
            missing.add(fact("/homeIds", "请至少选择一家机构", 13));
        }
        for (MaterialKind kind : required(form)) {
            if (!provided.contains(kind)) {
                missing.add(new Missing("/materials/" + kind, "material-missing", "请提供：" + kind.title(),
                        Citation.article(kind.article())));
            }
        }
        return List.copyOf(missing);
    }

    /** What a form lacks once a reported change holds, as far as the report is about it (第五条, 第十三条, 第十四条). */
    static List<Missing> missing(Circumstances reported, ApplicationForm changed, LocalDate today,
            RuleOptions options) {
        Set<String> about = reported.parties().stream().map(party -> switch (party) {
            case AGENT -> "/agent";
            case GUARDIAN -> "/guardian";
        }).collect(Collectors.toCollection(HashSet::new));
        if (reported.residenceAreaCode() != null) {
            about.add("/applicant/residenceAreaCode");
        }
        return missing(changed, EnumSet.allOf(MaterialKind.class), today, options).stream()
                .filter(each -> about.stream().anyMatch(each.pointer()::startsWith))
                .toList();
    }

    /** Which papers follow from category, guardian and agent. */
    public static Set<MaterialKind> required(ApplicationForm form) {
        Set<MaterialKind> required = EnumSet.of(MaterialKind.APPLICATION_FORM, MaterialKind.APPLICANT_ID_CARD,
                MaterialKind.APPLICANT_HOUSEHOLD_REGISTER);
        if (form.guardian() != null) {
            required.add(MaterialKind.GUARDIAN_ID_CARD);
            required.add(MaterialKind.GUARDIAN_HOUSEHOLD_REGISTER);
        }
        if (form.agent() != null) {
            if (form.agent().kind() == ApplicationForm.AgentKind.ORGANISATION) {
                required.add(MaterialKind.AGENT_ORGANISATION_CERTIFICATE);
            } else {
                required.add(MaterialKind.AGENT_ID_CARD);
                required.add(MaterialKind.AGENT_HOUSEHOLD_REGISTER);
            }
        }
        form.categories().forEach(category -> addProof(category, required));
        return required;
    }

    private static void addProof(Category category, Set<MaterialKind> required) {
        switch (category) {
            case DESTITUTE, LOW_INCOME, NEAR_LOW_INCOME -> required.add(MaterialKind.TOWN_PROOF);
            case VETERAN, MARTYR_SURVIVOR, DUTY_DEATH_SURVIVOR, ILLNESS_DEATH_SURVIVOR ->
                required.add(MaterialKind.MILITARY_CERTIFICATE);
            case SERVING_SOLDIER_FAMILY -> {
                required.add(MaterialKind.MILITARY_CERTIFICATE);
                required.add(MaterialKind.KINSHIP_PROOF);
            }
            case FAMILY_PLANNING_HARDSHIP -> required.add(MaterialKind.FAMILY_PLANNING_PROOF);
        }
    }

    private static void applicant(ApplicationForm.@Nullable Person person, LocalDate today, RuleOptions options,
            List<Missing> missing) {
        require(person == null ? null : person.name(), "/applicant/name", "请填写申请人姓名", missing);
        require(person == null ? null : person.idNumber(), "/applicant/idNumber", "请填写申请人公民身份号码", missing);
        require(person == null ? null : person.phone(), "/applicant/phone", "请填写申请人联系电话", missing);
        require(person == null ? null : person.address(), "/applicant/address", "请填写申请人居住地址", missing);
        String area = person == null ? null : person.residenceAreaCode();
        require(area, "/applicant/residenceAreaCode", "请填写申请人居住地区划代码", missing);
        if (area != null && !area.startsWith(options.areaPrefix())) {
            missing.add(new Missing("/applicant/residenceAreaCode", "not-resident", "申请人应居住在本市", Citation.article(5)));
        }
        age(person, today, options, missing);
    }

    private static void age(ApplicationForm.@Nullable Person person, LocalDate today, RuleOptions options,
            List<Missing> missing) {
        String number = person == null ? null : person.idNumber();
        Optional<ResidentId> id = number == null ? Optional.empty() : ResidentId.parse(number);
        if (id.isPresent() && id.get().birthDate().plusYears(options.minimumAge()).isAfter(today)) {
            missing.add(new Missing("/applicant/idNumber", "under-age", "申请人申请当日应年满 " + options.minimumAge() + " 周岁",
                    Citation.article(5)));
        }
    }

    private static void agent(ApplicationForm form, List<Missing> missing) {
        require(form.filedBy(), "/filedBy", "请说明由本人还是代理人填报", missing);
        ApplicationForm.Agent agent = form.agent();
        if (agent == null) {
            if (form.filedBy() == ApplicationForm.FiledBy.AGENT) {
                missing.add(fact("/agent", "由代理人填报时，请填写代理人信息", 13));
            }
            return;
        }
        require(agent.kind(), "/agent/kind", "请说明代理人是个人还是单位", missing);
        require(agent.relation(), "/agent/relation", "请填写代理人与申请人的关系", missing);
        if (agent.relation() != null && agent.kind() != null && !agent.relation().canBe(agent.kind())) {
            missing.add(new Missing("/agent/kind", "agent-kind-differs", "赡养人、监护人、亲属应为个人，原工作单位应为单位",
                    Citation.article(13)));
        }
        require(agent.name(), "/agent/name", "请填写代理人姓名或单位名称", missing);
        require(agent.phone(), "/agent/phone", "请填写代理人电话", missing);
        if (agent.kind() == ApplicationForm.AgentKind.PERSON) {
            require(agent.idNumber(), "/agent/idNumber", "请填写代理人公民身份号码", missing);
        } else if (agent.kind() == ApplicationForm.AgentKind.ORGANISATION) {
            require(agent.organisationNumber(), "/agent/organisationNumber", "请填写代理单位统一社会信用代码", missing);
        }
    }

    private static void guardian(ApplicationForm.@Nullable Guardian guardian, List<Missing> missing) {
        if (guardian != null) {
            require(guardian.name(), "/guardian/name", "请填写监护人姓名", missing);
            require(guardian.idNumber(), "/guardian/idNumber", "请填写监护人公民身份号码", missing);
            require(guardian.phone(), "/guardian/phone", "请填写监护人电话", missing);
        }
    }

    private static void require(@Nullable Object value, String pointer, String detail, List<Missing> missing) {
        if (value == null || value instanceof String text && text.isBlank()) {
            missing.add(fact(pointer, detail, 13));
        }
    }

    private static Missing fact(String pointer, String detail, int article) {
        return new Missing(pointer, "missing", detail, Citation.article(article));
    }
}
