package cn.cityapis.trials.faults;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

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

    /** A file that was taken. */
    record Paper(String token, String path, String content) {
    }

    /** What must have been told of a subject, in this order, beside whatever else. */
    record Told(String subject, List<String> types) {
    }

    private final ConcurrentLinkedQueue<Fact> facts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Acknowledged> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Paper> papers = new ConcurrentLinkedQueue<>();
    private final AtomicLong tests = new AtomicLong();
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<Effect, AtomicLong> effects = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

    void fact(String token, String path, String state) {
        facts.add(new Fact(token, path, state));
    }

    void write(Calls.Write write, Calls.Answer answer) {
        writes.add(new Acknowledged(write, answer.status(), answer.text("id")));
    }

    void paper(String token, String path, String content) {
        papers.add(new Paper(token, path, content));
    }

    /** A test event was asked for. */
    void test() {
        tests.incrementAndGet();
    }

    long tests() {
        return tests.get();
    }

    void told(String subject, List<String> types) {
        told.add(new Told(subject, types));
    }

    /** It was acknowledged that this has happened once more. */
    void effect(Effect effect) {
        effects.computeIfAbsent(effect, any -> new AtomicLong()).incrementAndGet();
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

    List<Paper> papers() {
        return List.copyOf(papers);
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    long effects(Effect effect) {
        return effects.getOrDefault(effect, new AtomicLong()).get();
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
