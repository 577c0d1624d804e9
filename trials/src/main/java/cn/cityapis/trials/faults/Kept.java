package cn.cityapis.trials.faults;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was acknowledged, to be looked for when all is healed, and what was wrong on the way. */
final class Kept {

    /**
     * Something that must be there.
     *
     * @param state what its {@code state} must say; empty: only that it can be read
     */
    record Fact(String token, String path, String state) {
    }

    /** A call that had its answer, and what of it must come again. */
    record Acknowledged(Calls.Write write, int status, String id) {
    }

    private final ConcurrentLinkedQueue<Fact> facts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Acknowledged> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> orders = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

    void fact(String token, String path, String state) {
        facts.add(new Fact(token, path, state));
    }

    void write(Calls.Write write, Calls.Answer answer) {
        writes.add(new Acknowledged(write, answer.status(), answer.text("id")));
    }

    /** An order whose events must have been delivered. */
    void order(String id) {
        orders.add(id);
    }

    void broken(String promise) {
        broken.add(promise);
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }

    List<Acknowledged> writes() {
        return List.copyOf(writes);
    }

    List<String> orders() {
        return List.copyOf(orders);
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
