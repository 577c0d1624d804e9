package cn.cityapis.bench.subsidy;

import cn.cityapis.bench.Report;
import cn.cityapis.bench.Target;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.evaluation.Outcome;
import cn.cityapis.subsidy.evaluation.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kie.api.runtime.StatelessKieSession;

/** The insurance rule by our evaluation and by Drools: the same cases, in one process, on as many threads, in turn. */
final class RulesBesideDrools {

    private static final int CORES = 2;
    private static final int ROUNDS = 5;
    private static final String FAILED = "condition-failed";

    private final InsuranceRules ours = new InsuranceRules();
    private final InsuranceInDrools drools = new InsuranceInDrools();
    private final SideBySide side = new SideBySide(CORES);
    private final List<Insured> beans = new ArrayList<>();
    private final List<Facts> facts = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();
    private final Verdict[] verdicts;
    private final Outcome[] outcomes;

    RulesBesideDrools(int cases) throws IOException {
        People people = new People(3);
        for (int i = 0; i < cases; i++) {
            Insured insured = people.insured();
            byte[] line = people.insured(i, insured).getBytes(StandardCharsets.UTF_8);
            beans.add(insured);
            facts.add(ours.facts(CaseLines.read(line).facts()));
            lines.add(line);
        }
        verdicts = new Verdict[cases];
        outcomes = new Outcome[Math.min(cases, 1_000)];
    }

    void run(Report report) throws Exception {
        requireTheSame();
        List<SideBySide.Speed> inDrools = new ArrayList<>();
        List<SideBySide.Speed> verdict = new ArrayList<>();
        List<SideBySide.Speed> trace = new ArrayList<>();
        List<SideBySide.Speed> linesInDrools = new ArrayList<>();
        List<SideBySide.Speed> linesInOurs = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            inDrools.add(side.run(beans.size(), (from, to) -> drools.decide(beans.subList(from, to))));
            verdict.add(side.run(facts.size(), this::verdicts));
            trace.add(side.run(facts.size(), this::outcomes));
            linesInDrools.add(side.run(lines.size(), this::linesInDrools));
            linesInOurs.add(side.run(lines.size(), this::linesInOurs));
            report.note(
                    "rules, round %d: on objects Drools %s, ours %s, with the whole trace %s; from and to NDJSON Drools %s, ours %s",
                    round, inDrools.getLast(), verdict.getLast(), trace.getLast(), linesInDrools.getLast(),
                    linesInOurs.getLast());
        }
        add(report, "on objects: amount and each failing condition", verdict, inDrools);
        add(report, "on objects, ours with the whole trace", trace, inDrools);
        add(report, "from NDJSON to NDJSON", linesInOurs, linesInDrools);
    }

    private static void add(Report report, String what, List<SideBySide.Speed> ours, List<SideBySide.Speed> drools) {
        report.add(Target.atLeast("insurance rule against Drools, " + what, 5, middle(ours) / middle(drools), " ×",
                "cases for a second of CPU: %,.0f against %,.0f, the middle of %d rounds in turn on %d threads of one process"
                        .formatted(middle(ours), middle(drools), ROUNDS, CORES)));
    }

    private static double middle(List<SideBySide.Speed> speeds) {
        return speeds.stream().mapToDouble(SideBySide.Speed::aCpuSecond).sorted().skip(speeds.size() / 2).findFirst()
                .orElseThrow();
    }

    private void requireTheSame() {
        drools.decide(beans);
        for (int i = 0; i < beans.size(); i++) {
            Verdict verdict = ours.verdict(facts.get(i));
            if (!agree(verdict, beans.get(i))) {
                throw new IllegalStateException("Drools decides otherwise: " + facts.get(i) + verdict);
            }
        }
    }

    /** The same amount, and as many conditions fail; outside of the cohort ours leaves open what its figures decide. */
    static boolean agree(Verdict verdict, Insured insured) {
        return verdict.fen() == insured.getDueFen() && (verdict.names().contains("cohort")
                ? insured.getFailed() >= verdict.names().size()
                : insured.getFailed() == verdict.names().size());
    }

    private void verdicts(int from, int to) {
        for (int i = from; i < to; i++) {
            verdicts[i] = ours.verdict(facts.get(i));
        }
    }

    /** Only some are kept: all of them would fill the memory, and nobody keeps a million traces in it. */
    private void outcomes(int from, int to) {
        for (int i = from; i < to; i++) {
            outcomes[i % outcomes.length] = ours.decide(facts.get(i));
        }
    }

    private void linesInOurs(int from, int to) {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            CaseLines.Line line = CaseLines.read(lines.get(i));
            Verdict verdict = ours.verdict(ours.facts(line.facts()));
            CaseLines.write(line.id(), verdict.fen(), verdict.names(), answers);
            forget(answers);
        }
    }

    /** Drools only counts what fails: as many words are written as we write names. */
    private void linesInDrools(int from, int to) {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        StatelessKieSession session = drools.session();
        for (int i = from; i < to; i++) {
            CaseLines.Line line = CaseLines.read(lines.get(i));
            Insured insured = Insured.of(ours.facts(line.facts()));
            session.execute(insured);
            CaseLines.write(line.id(), insured.getDueFen(), Collections.nCopies(insured.getFailed(), FAILED), answers);
            forget(answers);
        }
    }

    /** As a receiver would have taken it. */
    private static void forget(ByteArrayOutputStream answers) {
        if (answers.size() > 60_000) {
            answers.reset();
        }
    }
}
