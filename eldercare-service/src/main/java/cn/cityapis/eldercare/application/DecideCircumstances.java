package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * 第十四条: the reviewing home confirms a reported category, guardian or agent from the papers, or does not, and the channel is derived anew. An
 * offer under way stands, as it was right when it was made.
 */
@Component
class DecideCircumstances {

    private final ApplicationAccess access;
    private final CircumstanceChanges changes;
    private final Materials materials;
    private final Deadlines deadlines;
    private final Decisions decisions;
    private final QueuePlaces places;
    private final RuleBooks books;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    DecideCircumstances(ApplicationAccess access, CircumstanceChanges changes, Materials materials,
            Deadlines deadlines,
            Decisions decisions, QueuePlaces places, RuleBooks books, Notices notices, Audit audit, Clock clock) {
        this.access = access;
        this.changes = changes;
        this.materials = materials;
        this.deadlines = deadlines;
        this.decisions = decisions;
        this.places = places;
        this.books = books;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<Application> confirm(Caller caller, UUID id, UUID changeId, IfMatch ifMatch, String reason) {
        return open(caller, id, changeId, ifMatch, (application, stored) -> Mono
                .zip(books.of(application.ruleBookId(), application.handedInOn()), materials.of(id))
                .flatMap(known -> {
                    Application changed = application.with(application.dossier()
                            .with(stored.circumstances().confirmed(application.dossier().form())));
                    requireProven(changed, papers(known.getT2(), application, stored), known.getT1());
                    Instant at = clock.instant();
                    boolean restart = !known.getT1().options().keepOriginalTime()
                            && application.dossier().channel().channel() != changed.dossier().channel().channel();
                    return commit(caller, application,
                            restart ? changed.appliedAt(at) : changed,
                            "机构核实情况变更：" + reason)
                            .flatMap(kept -> changes
                                    .decide(changeId, CircumstanceChange.State.CONFIRMED, caller.org(), reason)
                                    .then(restart ? places.rederive(kept, at) : places.rederive(kept))
                                    .then(told(caller, kept, "情况变更已核实，轮候通道为"
                                            + kept.dossier().channel().channel().title())));
                }));
    }

    Mono<Application> refuse(Caller caller, UUID id, UUID changeId, IfMatch ifMatch, String reason) {
        return open(caller, id, changeId, ifMatch,
                (application, stored) -> commit(caller, application, application, "机构未核实情况变更：" + reason)
                        .flatMap(kept -> changes
                                .decide(changeId, CircumstanceChange.State.REFUSED, caller.org(), reason)
                                .then(told(caller, kept, "情况变更未获核实，详情请查看申请"))));
    }

    private interface Verdict {
        Mono<Application> on(Application application, CircumstanceChanges.Stored stored);
    }

    private Mono<Application> open(Caller caller, UUID id, UUID changeId, IfMatch ifMatch, Verdict verdict) {
        return access.holdReviewed(caller, id)
                .flatMap(application -> changes.find(id, changeId)
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                        .doOnNext(stored -> ifMatch.require(application.version()))
                        .doOnNext(stored -> requireReported(application, stored.change()))
                        .flatMap(stored -> verdict.on(application, stored)));
    }

    private Mono<Application> commit(Caller caller, Application before, Application after, String reason) {
        Command command = new Command.ChangeCircumstances();
        return decisions.commit(before, after, command, Decisions.require(before, command), reason, caller);
    }

    /** Those of an agent or guardian of before are no papers of another. */
    private static Set<MaterialKind> papers(List<Material> provided, Application application,
            CircumstanceChanges.Stored stored) {
        Set<MaterialKind> ofSomebodyNew = stored.circumstances().newPapers(application.dossier().form());
        return provided.stream()
                .filter(paper -> !ofSomebodyNew.contains(paper.kind())
                        || !paper.providedAt().isBefore(stored.change().reportedAt()))
                .map(Material::kind).collect(Collectors.toSet());
    }

    private static void requireReported(Application application, CircumstanceChange change) {
        if (change.state() != CircumstanceChange.State.REPORTED) {
            throw Decisions.refusal(EldercareProblem.NOT_POSSIBLE_NOW, application, "该变更已核实，不能重复处理");
        }
    }

    /** 第十二条, 第十三条: a category, a guardian and an agent need their papers now as they did at first. */
    private void requireProven(Application application, Set<MaterialKind> provided, RuleBook book) {
        List<Violation> missing = CompletenessRules
                .missing(application.dossier().form(), provided, LocalDate.now(clock), book.options()).stream()
                .filter(each -> each.pointer().startsWith("/materials/"))
                .map(each -> new Violation(each.pointer(), each.code(), each.detail()))
                .toList();
        if (!missing.isEmpty()) {
            throw ProblemException.of(EldercareProblem.PROOF_MISSING, "有 " + missing.size() + " 项证明材料未提供（第十二条、第十三条）",
                    missing);
        }
    }

    private Mono<Application> told(Caller caller, Application application, String text) {
        return deadlines.met(application, DeadlineKind.CHANGE_REVIEW)
                .then(audit.record(caller, "circumstances.decide", "application", application.id().toString(),
                        Map.of()))
                .then(notices.send(new Notice(application.owner(), "circumstances-decided", text,
                        "applications/" + application.id())))
                .thenReturn(application);
    }
}
