package cn.cityapis.bench.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.cityapis.bench.policy.FullText.Match;
import cn.cityapis.bench.Database;
import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Scratch;
import cn.cityapis.bench.Target;
import cn.cityapis.bench.Warmth;

/** Everything of policy-service's table that can be timed, in one run. */
public final class PolicyBenchmark {

    private static final int SMALL = 10_000;
    private static final int ROUNDS = 2;
    /** So many questions are asked one at a time. */
    private static final int EACH = 300;
    private static final int EACH_LOADED = 20;
    /** Marks a folder whose corpus is whole. */
    private static final String FILLED = "filled";

    private final Options options;
    private final Report report = new Report("policy", "Policy: search and load");
    private final Corpus corpus = new Corpus(20_230_417);
    private final List<String> questions = corpus.questions(1_000);
    private final Database database;
    private final Service service;
    private int documents;

    private PolicyBenchmark(Options options, Database database, Service service) {
        this.options = options;
        this.database = database;
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        try (Scratch scratch = Scratch.open("policy", options.kept());
                Database database = new Database(scratch.folder().resolve("postgres"), "policy", scratch.kept());
                Service service = new Service(options.project(), scratch.folder(), database)) {
            Path filled = scratch.folder().resolve(FILLED);
            PolicyBenchmark benchmark = new PolicyBenchmark(options, database, service);
            service.awaitReady();
            if (Files.exists(filled)) {
                benchmark.again();
            } else {
                benchmark.run();
                Files.createFile(filled);
            }
        }
    }

    /** What is asked of a corpus that an earlier run has left. */
    private void again() throws Exception {
        report.note("%,d articles of an earlier run", stored());
        service.settle();
        each();
        searchOpen("all articles");
        suggest();
    }

    /** Each question by itself, so that none waits for another: the slowest are named. */
    private void each() {
        long[] fastest = new long[Math.min(EACH, questions.size())];
        Arrays.fill(fastest, Long.MAX_VALUE);
        for (int round = 0; round < 4; round++) {
            Pace.closed(1, Duration.ofMinutes(5), fastest.length, count -> {
                long begin = System.nanoTime();
                boolean found = searchOne(count);
                fastest[count] = Math.min(fastest[count], System.nanoTime() - begin);
                return found;
            });
        }
        List<Integer> slowest = IntStream.range(0, fastest.length).boxed()
                .sorted(Comparator.comparingLong(count -> -fastest[count])).toList();
        report.note("one at a time, the best of 4: %.2f ms on average, one in a hundred takes %.2f ms and more",
                Arrays.stream(fastest).average().orElseThrow() / 1e6, fastest[slowest.get(fastest.length / 100)] / 1e6);
        slowest.stream().limit(10)
                .forEach(count -> report.note("%.2f ms: %s", fastest[count] / 1e6, questions.get(count)));
    }

    private void run() throws Exception {
        load(SMALL, "first");
        Measured small = searchOpen("10 k articles");
        report.add(Target.atLeast("load", 5_000, steadyLoad(), " articles/s",
                "from POST /loads until all is stored in a durable PostgreSQL and the last document is found by a search"));
        fill();
        settle();
        Measured large = searchOpen("all articles");
        report.add(Target.atMost("search, p99", 25, large.millis(99), " ms", open(large)));
        report.add(Target.atMost("search, p50 against 10 k articles", 4, large.millis(50) / small.millis(50), " ×",
                "%.2f ms against %.2f ms".formatted(large.millis(50), small.millis(50))));
        suggest();
        visible();
        if (options.kept().isEmpty()) {
            besidePostgres();
        }
        System.out.println(report.text(options.project()));
        if (options.write()) {
            report.write(options.project());
        }
    }

    /** Loads until they get no faster; the last one counts. */
    private double steadyLoad() throws Exception {
        Warmth warmth = new Warmth();
        double last;
        do {
            last = load(options.loaded(), "in turn");
        } while (!warmth.reached(last));
        return last;
    }

    /** @return articles a second, until they are stored and a search finds the last of them */
    private double load(int articles, String which) throws Exception {
        List<Document> taken = take(articles);
        String text = print(taken);
        long before = stored();
        long begin = System.nanoTime();
        service.load(text);
        double seconds = seconds(begin);
        long count = stored() - before;
        if (count < size(taken)) {
            throw new IllegalStateException(count + " articles stored of " + size(taken));
        }
        service.await(() -> service.finds(taken.getLast()));
        double found = seconds(begin);
        report.note(
                "load (%s): %,d articles of %,d documents, %.1f MB: stored in %.1f s, found by a search after %.1f s",
                which, count, taken.size(), text.length() * 3 / 1e6, seconds, found);
        return count / found;
    }

    private String print(List<Document> taken) {
        return taken.stream().map(Document::print)
                .collect(Collectors.joining("", "海岚市人民政府公报\n\n2030年第" + documents + "期\n\n", ""));
    }

    /** From the call that hands a document in to the search that finds it; the promise counts from the commit between. */
    private void visible() throws Exception {
        double slowest = 0;
        for (int i = 0; i < EACH_LOADED; i++) {
            List<Document> one = take(1);
            long begin = System.nanoTime();
            service.load(print(one));
            service.await(() -> service.finds(one.getLast()));
            slowest = Math.max(slowest, seconds(begin));
        }
        report.add(Target.atMost("a document is found after it was handed in", 2, slowest, " s",
                "the slowest of %d, one after the other, with all articles".formatted(EACH_LOADED)));
    }

    private void fill() throws Exception {
        long begin = System.nanoTime();
        Document last = corpus.document(0);
        try (Connection connection = database.open()) {
            for (long left = options.articles() - stored(); left > 0; left = options.articles() - stored()) {
                List<Document> taken = take((int) Math.min(left, 100_000));
                BulkInsert.insert(connection, taken);
                last = taken.getLast();
            }
        }
        double inserted = seconds(begin);
        Document marker = last;
        service.await(() -> service.finds(marker));
        report.note("%,d articles (%.0f characters on average): the rest put straight into the tables in %.0f s, the "
                + "replica's index caught up by itself %.0f s after that", stored(),
                database.number("SELECT avg(length(body)) * 10 FROM article") / 10.0, inserted,
                seconds(begin) - inserted);
    }

    /** What follows so large a load is no part of a search: merges of the index, and what PostgreSQL does about new rows. */
    private void settle() throws Exception {
        long begin = System.nanoTime();
        database.run("VACUUM ANALYZE");
        database.checkpoint();
        double vacuumed = seconds(begin);
        report.note("then waited until the service was idle, %.0f s, after VACUUM ANALYZE of %.0f s", service.settle(),
                vacuumed);
    }

    private Measured searchOpen(String corpusSize) {
        Pace.steady(options.askers(), Duration.ofSeconds(options.seconds()), this::searchOne);
        Measured measured = Pace.open(options.rate(), Duration.ofSeconds(options.seconds()), this::searchOne);
        report.note("search over HTTP, %s: %s", corpusSize, open(measured));
        return measured;
    }

    private String open(Measured measured) {
        return "open loop, %d/s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, %d of %d failed".formatted(options.rate(),
                measured.millis(50), measured.millis(99), measured.millis(99.9), measured.failed(),
                measured.nanos().getTotalCount());
    }

    private boolean searchOne(int count) throws IOException, InterruptedException {
        return service.search(questions.get(count % questions.size()));
    }

    private void suggest() throws Exception {
        Pace.Ask ask = count -> service.suggests(questions.get(count % questions.size()).substring(0, 2));
        Pace.steady(options.askers(), Duration.ofSeconds(5), ask);
        Measured measured = Pace.open(options.rate(), Duration.ofSeconds(10), ask);
        report.add(Target.atMost("suggest, p99", 20, measured.millis(99), " ms", open(measured)));
    }

    /** In turn, so that both meet the same machine. */
    private void besidePostgres() throws Exception {
        long begin = System.nanoTime();
        FullText.build(database);
        report.note("PostgreSQL: tsvector of pairs of characters ('simple') and GIN built in %.0f s", seconds(begin));
        BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
        for (int i = 0; i < options.askers(); i++) {
            connections.add(database.open());
        }
        List<Measured> ours = new ArrayList<>();
        List<Measured> any = new ArrayList<>();
        List<Measured> all = new ArrayList<>();
        Duration time = Duration.ofSeconds(options.seconds());
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(Pace.closed(options.askers(), time, this::searchOne));
            any.add(Pace.closed(options.askers(), time, count -> postgres(connections, Match.ANY, count)));
            all.add(Pace.closed(options.askers(), time, count -> postgres(connections, Match.ALL, count)));
        }
        compare("any pair of the question may match, as in our search", ours, any);
        compare("all pairs must match, which finds much less", ours, all);
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void compare(String how, List<Measured> ours, List<Measured> theirs) {
        double mine = rate(ours);
        double other = rate(theirs);
        report.add(Target.atLeast("search, queries a second against PostgreSQL", 10, mine / other, " ×",
                "%s: %.1f/s (p50 %.1f ms) over HTTP against %.2f/s (p50 %.1f ms) over JDBC, closed loop of %d, %d rounds in turn"
                        .formatted(how, mine, ours.getLast().millis(50), other, theirs.getLast().millis(50),
                                options.askers(), ROUNDS)));
    }

    private static double rate(List<Measured> rounds) {
        return rounds.stream().mapToDouble(Measured::aSecond).average().orElseThrow();
    }

    private boolean postgres(BlockingQueue<Connection> connections, Match match, int count)
            throws SQLException, InterruptedException {
        Connection connection = connections.take();
        try {
            return FullText.ask(connection, match, questions.get(count % questions.size())) >= 0;
        } finally {
            connections.add(connection);
        }
    }

    private List<Document> take(int articles) {
        List<Document> taken = new ArrayList<>();
        while (size(taken) < articles) {
            Document next = corpus.document(documents++);
            taken.add(next);
        }
        return taken;
    }

    private static int size(List<Document> documents) {
        return documents.stream().mapToInt(Document::size).sum();
    }

    private long stored() throws SQLException {
        return database.number("SELECT count(*) FROM article");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
