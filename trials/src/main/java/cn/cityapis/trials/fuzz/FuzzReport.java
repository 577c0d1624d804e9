package cn.cityapis.trials.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run has seen: counted, and one example of each kind of fault. */
public final class FuzzReport {

    private static final int REPLY_SHOWN = 700;

    private final long seed;
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();
    private final Set<String> answeredWell = new TreeSet<>();
    private final Set<String> asked = new TreeSet<>();
    private long requests;
    private long shed;

    FuzzReport(long seed) {
        this.seed = seed;
    }

    synchronized void note(FuzzRequest request, Reply reply, List<String> found) {
        requests++;
        statuses.merge(reply.status(), 1L, Long::sum);
        asked.add(request.target().name());
        if (reply.status() / 100 == 2) {
            answeredWell.add(request.target().name());
        }
        if (Judge.isShed(reply)) {
            shed++;
        }
        for (String fault : found) {
            fault(request.target().name() + ": " + fault, request + "\n  → " + reply.status() + " in "
                    + reply.took().toMillis() + " ms " + reply.text().substring(0, Math.min(REPLY_SHOWN,
                            reply.text().length())));
        }
    }

    synchronized void fault(String kind, String example) {
        faults.merge(kind, 1L, Long::sum);
        examples.putIfAbsent(kind, example);
    }

    public synchronized long requests() {
        return requests;
    }

    /** Answers 503 with Retry-After. */
    public synchronized long shed() {
        return shed;
    }

    /** Operations that were asked. */
    public synchronized Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** One line for each kind of fault, with the first request that showed it. */
    public synchronized List<String> faults() {
        List<String> lines = new ArrayList<>();
        faults.forEach((kind, times) -> lines.add(kind + " (" + times + " times)\n  " + examples.get(kind)));
        return lines;
    }

    /** Operations that were never answered with 2xx: nobody got deep into them. */
    public synchronized Set<String> neverAnsweredWell() {
        Set<String> never = new TreeSet<>(asked);
        never.removeAll(answeredWell);
        return never;
    }

    public synchronized String line() {
        return "seed " + seed + ": " + requests + " requests, " + asked.size() + " operations ("
                + answeredWell.size() + " with 2xx), answers " + statuses + ", shed " + shed + ", kinds of fault "
                + faults.size();
    }
}
