package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidyProblem;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The papers' way, 威金监发〔2023〕25号 第十一条: filed within five working days after closing, in order, reviewed by the
 * district within ten working days, then by the city. In the caller's transaction, under the lock of the filing.
 */
@Component
class StepFiling {

    private final Filings filings;
    private final Rounds rounds;
    private final CheckYears years;
    private final PayInsurer money;
    private final WorkingCalendar calendar;
    private final Audit audit;
    private final Outbox outbox;
    private final Notices notices;
    private final Clock clock;

    StepFiling(Filings filings, Rounds rounds, CheckYears years, PayInsurer money, WorkingCalendar calendar,
            Audit audit, Outbox outbox, Notices notices, Clock clock) {
        this.filings = filings;
        this.rounds = rounds;
        this.years = years;
        this.money = money;
        this.calendar = calendar;
        this.audit = audit;
        this.outbox = outbox;
        this.notices = notices;
        this.clock = clock;
    }

    /** All four papers and at least one insured; what is late is taken and marked, for the law says no more. */
    Mono<Void> file(Filing filing, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.FILE);
        return rounds.get(filing.roundId()).flatMap(round -> {
            Violations missing = new Violations();
            Arrays.stream(Filing.PaperKind.values())
                    .filter(kind -> filing.files().stream().noneMatch(file -> file.kind() == kind))
                    .forEach(kind -> missing.add("/files/" + Papers.code(kind), "missing", "缺少材料（第十一条）"));
            if (filing.rows() == 0) {
                missing.add("/rows", "missing", "保费补贴申请表没有人员");
            }
            if (!LocalDate.now(clock).isAfter(round.closes())) {
                missing.add("/round", "open", "集中投保于 " + round.closes() + " 结束后方可申报");
            }
            if (!missing.isEmpty()) {
                throw ProblemException.of(SubsidyProblem.FILING_INCOMPLETE, "还有 " + missing.list().size() + " 处需要补充",
                        missing.list());
            }
            boolean late = filing.filedAt() == null && round.filingDue().enforceable(clock.instant());
            return filings.move(filing, next, new Filings.Change(
                    filing.filedAt() == null ? OffsetDateTime.now(clock) : null, late ? true : null, null, null, null,
                    null));
        }).then(Mono.defer(() -> tell(filing, next, "filed", by, Map.of())));
    }

    /** The ten working days run from when the papers are in order. What can still be given back is found here. */
    Mono<Void> inOrder(Filing filing, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.PAPERS_IN_ORDER);
        LocalDate today = LocalDate.now(clock);
        return years.check(filing)
                .then(Mono.defer(() -> rounds.get(filing.roundId())))
                .flatMap(round -> rounds.figures(round.opens()))
                .map(FilingRules.Figures::preliminaryWorkingDays)
                .switchIfEmpty(Mono.error(StepFiling::outOfForce))
                .flatMap(days -> {
                    Deadline due = calendar.workingDaysAfter(today, days);
                    return filings.move(filing, next, new Filings.Change(null, null,
                            new Filings.InOrder(today, due), null, null, null));
                })
                .then(Mono.defer(() -> tell(filing, next, "in-order", by, Map.of())));
    }

    /** By the level that has the papers. */
    Mono<Void> giveBack(Filing filing, String note, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.RETURN_PAPERS);
        requireTurn(filing.state() == FilingRules.State.CITY_REVIEW, by);
        return filings.move(filing, next, new Filings.Change(null, null, null, null, note, null))
                .then(Mono.defer(() -> tell(filing, next, "returned", by, Map.of("note", note))));
    }

    /** Finance and talent office, two persons at each level: the second of them moves it on, together with the first. */
    Mono<Void> opinion(Filing filing, Filing.@Nullable Office said, boolean passed, String comment, Caller by) {
        boolean city = filing.state() == FilingRules.State.CITY_REVIEW;
        FilingAccess.require(filing, city ? FilingRules.Step.CITY_PASS : FilingRules.Step.DISTRICT_PASS);
        requireTurn(city, by);
        Filing.Office office = FilingAccess.office(by, said);
        String level = city ? "city" : "district";
        Optional<Filing.Opinion> other = filing.opinions().stream()
                .filter(each -> each.round() == filing.reviewRound() && each.level().equals(level)).findFirst();
        FilingRules.State next = FilingRules
                .together(filing.state(), passed, other.map(Filing.Opinion::passed).orElse(null))
                .map(step -> FilingAccess.require(filing, step)).orElse(filing.state());
        String note = next == FilingRules.State.RETURNED || next == FilingRules.State.REJECTED
                ? other.filter(each -> passed).map(Filing.Opinion::comment).orElse(comment)
                : null;
        return filings.addOpinion(filing, level, office, passed, comment, by.subject(), String.valueOf(by.org()))
                .onErrorMap(DataIntegrityViolationException.class, e -> ProblemException.of(SubsidyProblem.FOUR_EYES,
                        "同一部门只出具一次意见，同一人不能代表两个部门或两级"))
                .then(Mono.defer(() -> next == filing.state()
                        ? filings.move(filing, next, Filings.Change.NONE)
                        : moveOn(filing, next, note, by)))
                .then(Mono.defer(() -> tell(filing, next, "reviewed", by,
                        Map.of("level", level, "office", office, "passed", passed))));
    }

    private static void requireTurn(boolean city, Caller by) {
        if (city == by.hasRole("district")) {
            throw ProblemException.of(SubsidyProblem.FILING_WRONG_STATE, "尚未轮到本级审核");
        }
    }

    private Mono<Void> moveOn(Filing filing, FilingRules.State next, @Nullable String note, Caller by) {
        Deadline due = filing.districtDue();
        boolean late = filing.state() == FilingRules.State.DISTRICT_REVIEW && due != null
                && due.enforceable(clock.instant());
        return (next == FilingRules.State.APPROVED
                ? years.checkLast(filing).then(Mono.defer(() -> money.commit(filing, by)))
                : Mono.<Void>empty())
                .then(Mono.defer(() -> filings.move(filing, next,
                        new Filings.Change(null, null, null, late ? true : null, note, null))));
    }

    Mono<Void> transfer(Filing filing, Caller by) {
        FilingRules.State next = FilingAccess.require(filing, FilingRules.Step.TRANSFER);
        return money.transfer(filing, by).then(Mono.defer(() -> filings.move(filing, next, Filings.Change.NONE)))
                .then(Mono.defer(() -> tell(filing, next, "transferred", by, Map.of())));
    }

    Mono<Void> tell(Filing filing, FilingRules.State next, String event, Caller by, Map<String, ?> details) {
        String about = "insurance-filings/" + filing.id();
        return audit.record(by, "insurance-" + event, "insurance-filing", filing.id().toString(), details)
                .then(Mono.defer(() -> outbox.publish("subsidy.insurance-filing." + event, about,
                        Map.of("filingId", filing.id(), "state", next.code()))))
                .then(Mono.defer(() -> rounds.get(filing.roundId())))
                .flatMap(round -> notices.send(new Notice(round.leadOrg(), "insurance-" + event,
                        round.year() + " 年度保费补贴申报（" + filing.areaCode() + "）：" + next.label(), about)));
    }

    static ProblemException outOfForce() {
        return ProblemException.of(SubsidyProblem.FILING_WRONG_STATE, "办法不在有效期内（第十五条）");
    }
}
