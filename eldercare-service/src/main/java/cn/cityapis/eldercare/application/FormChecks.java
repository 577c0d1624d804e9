package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.home.Home;
import cn.cityapis.eldercare.home.Homes;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.security.OwnIdNumber;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a draft must not hold: what is there must be right, though much may be missing. */
@Component
class FormChecks {

    private final Homes homes;
    private final OwnIdNumber ownIdNumber;

    FormChecks(Homes homes, OwnIdNumber ownIdNumber) {
        this.homes = homes;
        this.ownIdNumber = ownIdNumber;
    }

    /** The form with ID numbers in their normal form; 400 with all that is wrong. */
    Mono<ApplicationForm> check(ApplicationForm form, RuleOptions options, Caller by) {
        return homes.all(form.homeIds()).map(found -> {
            Violations violations = new Violations();
            ApplicationForm normal = normal(form, violations);
            notOwn(normal, by).ifPresent(each -> violations.add(each.pointer(), each.code(), each.detail()));
            homes(form.homeIds(), found.stream().map(Home::id).collect(Collectors.toSet()), options, violations);
            open(form.homeIds(), found, violations);
            violations.throwIfAny();
            return normal;
        });
    }

    /** Of a reported change, guardian and agent with ID numbers in their normal form; 400 with all that is wrong. */
    Circumstances check(Circumstances reported, ApplicationForm form, Caller by) {
        Violations violations = new Violations();
        ApplicationForm named = normal(new ApplicationForm(form.filedBy(), null, reported.agent(), reported.guardian(),
                List.of(), List.of(), List.of()), violations);
        if (form.filedBy() == ApplicationForm.FiledBy.AGENT) {
            notOwn(named, by).ifPresent(each -> violations.add(each.pointer(), each.code(), each.detail()));
        }
        violations.throwIfAny();
        return new Circumstances(reported.categories(), reported.phone(), reported.residenceAreaCode(),
                reported.address(), reported.bedKinds(), named.guardian(), named.agent(), reported.without(),
                reported.explanation());
    }

    /**
     * Why whoever files it may not give that number as his own: the older person, or the one who acts for him (第十三条). Of
     * an organisation's clerk nobody asks a number.
     */
    Optional<Violation> notOwn(ApplicationForm form, Caller by) {
        return switch (form.filedBy()) {
            case null -> Optional.empty();
            case APPLICANT -> Optional.ofNullable(form.applicant()).map(ApplicationForm.Person::idNumber)
                    .flatMap(ResidentId::parse)
                    .flatMap(number -> ownIdNumber.refusal(by, number, "/applicant/idNumber"))
                    .map(each -> new Violation(each.pointer(), each.code(), each.detail() + "；替老人申请的，请选择由代理人填报"));
            case AGENT -> Optional.ofNullable(form.agent())
                    .filter(agent -> agent.kind() != ApplicationForm.AgentKind.ORGANISATION)
                    .map(ApplicationForm.Agent::idNumber).flatMap(ResidentId::parse)
                    .flatMap(number -> ownIdNumber.refusal(by, number, "/agent/idNumber"));
        };
    }

    private static void homes(List<UUID> chosen, Set<UUID> known, RuleOptions options, Violations violations) {
        if (chosen.size() > options.mostHomes()) {
            violations.add("/homeIds", "size", "最多选择 " + options.mostHomes() + " 家机构");
        }
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < chosen.size(); i++) {
            if (!known.contains(chosen.get(i))) {
                violations.add("/homeIds/" + i, "unknown", "没有这家机构");
            } else if (!seen.add(chosen.get(i))) {
                violations.add("/homeIds/" + i, "duplicate", "同一家机构只能选一次");
            }
        }
    }

    private static void open(List<UUID> chosen, List<Home> found, Violations violations) {
        found.stream().filter(home -> home.closedAt() != null)
                .forEach(home -> violations.add("/homeIds/" + chosen.indexOf(home.id()), "closed",
                        home.name() + "已停止运营，请另选机构"));
    }

    private static ApplicationForm normal(ApplicationForm form, Violations violations) {
        ApplicationForm.Person person = form.applicant();
        ApplicationForm.Agent agent = form.agent();
        ApplicationForm.Guardian guardian = form.guardian();
        return new ApplicationForm(form.filedBy(),
                person == null
                        ? null
                        : new ApplicationForm.Person(person.name(),
                                idNumber(person.idNumber(), "/applicant/idNumber", violations), person.phone(),
                                person.residenceAreaCode(), person.address()),
                agent == null
                        ? null
                        : new ApplicationForm.Agent(agent.kind(), agent.relation(), agent.name(),
                                idNumber(agent.idNumber(), "/agent/idNumber", violations), agent.organisationNumber(),
                                agent.phone()),
                guardian == null
                        ? null
                        : new ApplicationForm.Guardian(guardian.name(),
                                idNumber(guardian.idNumber(), "/guardian/idNumber", violations), guardian.phone()),
                form.categories(), form.homeIds(), form.bedKinds());
    }

    private static @Nullable String idNumber(@Nullable String text, String pointer, Violations violations) {
        if (text == null) {
            return null;
        }
        ResidentId id = ResidentId.parse(text).orElse(null);
        if (id == null) {
            violations.add(pointer, "format", "公民身份号码有误，请核对 18 位号码");
            return null;
        }
        return id.value();
    }
}
