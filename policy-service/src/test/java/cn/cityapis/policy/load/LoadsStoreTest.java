package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.SourceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The queue with its own worker asleep, so that a test is the worker. */
@ServiceTest(properties = {"policy.digest=false", "policy.load-first=PT24H",
        "policy.load-poll=PT24H"})
class LoadsStoreTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    Loads loads;
    @Autowired
    LoadQueue queue;
    @Autowired
    RunLoads worker;
    @Autowired
    Stumbling stumbling;
    @Autowired
    TransactionalOperator transaction;
    @Autowired
    DatabaseClient database;

    @Test
    void aWorkerThatWasGivenUpChangesNothingAnyMore() {
        Load load = enqueue(issue("海测发", 3));
        LoadQueue.Claimed stalled = claim();
        lapse(load);
        LoadQueue.Claimed second = claim();
        assertThat(second.id()).isEqualTo(stalled.id());
        assertThat(second.attempt()).isEqualTo(2);
        assertThatThrownBy(() -> queue.counted(stalled, new StoreOutcome(1, 0, 0, List.of())).block())
                .isInstanceOf(LoadQueue.LeaseLost.class);
        assertThatThrownBy(() -> queue.giveBack(stalled, "x").block()).isInstanceOf(LoadQueue.LeaseLost.class);
        assertThatThrownBy(() -> queue.done(stalled).block()).isInstanceOf(LoadQueue.LeaseLost.class);
        assertThatThrownBy(() -> worker.run(stalled).block(PATIENCE)).isInstanceOf(LoadQueue.LeaseLost.class);
        assertThat(versions("海测发")).isZero();
        worker.run(second).block(PATIENCE);
        Load done = find(load);
        assertThat(done.state()).isEqualTo(Load.State.DONE);
        assertThat(done.progress()).isEqualTo(new Load.Progress(3, 3, 3, 0, 0));
    }

    @Test
    void theNextWorkerGoesOnBehindTheLastDocumentCounted() {
        String issuer;
        Load load;
        int tries = 0;
        do { // a worker that was done before it died is no example
            issuer = "海续" + "甲乙丙丁戊己庚辛壬癸".charAt(tries++) + "发";
            load = enqueue(issue(issuer, 100));
            dieInTheMiddle(load);
        } while (find(load).state() == Load.State.DONE);
        lapse(load);
        worker.run(claim()).block(PATIENCE);
        assertThat(find(load).progress()).isEqualTo(new Load.Progress(100, 100, 100, 0, 0));
        assertThat(versions(issuer)).isEqualTo(100);
    }

    /** As a cancelled subscription does: what is not committed is rolled back. */
    private void dieInTheMiddle(Load load) {
        Disposable dying = worker.run(claim()).subscribe();
        while (find(load).progress().documentsStored() < 3 && !dying.isDisposed()) {
            Thread.onSpinWait();
        }
        dying.dispose();
    }

    @Test
    void theReportKeepsWhatAnEarlierAttemptCouldNotStore() {
        Load load = enqueue(issue("海拒发", 2));
        LoadQueue.Claimed first = claim();
        Warning refused = new Warning("not-stored", 0, "《关于试验第1号的通知》未能存储，其余文件不受影响。");
        queue.parsed(first, new GazetteIssue(null, null, null, List.of(), parse(load).documents(), List.of()),
                List.of()).block();
        queue.rejected(first, refused).block();
        lapse(load);
        worker.run(claim()).block(PATIENCE);
        assertThat(find(load).progress()).isEqualTo(new Load.Progress(2, 2, 1, 0, 1));
        assertThat(find(load).warnings()).contains(refused);
    }

    @Test
    void whatWasReadAheadIsNotReadAgainAndWhatCouldNotBeIsReadWhenItIsStored() {
        Load load = enqueue(issue(Stumbling.OVER, 70));
        worker.run(claim()).block(PATIENCE);
        assertThat(find(load).progress()).isEqualTo(new Load.Progress(70, 70, 70, 0, 0));
        assertThat(stumbling.readings).containsExactlyInAnyOrderEntriesOf(
                IntStream.rangeClosed(1, 70).boxed().collect(Collectors.toMap(number -> number, number -> 1)));
        assertThat(stumbling.stumbled).isEqualTo(1);
        assertThat(stumbling.readWhenStored).isPositive().isLessThan(33);
    }

    @Test
    void theSameIssueTwiceChangesNothingThoughTwoOfItsDocumentsCarryOneNumber() {
        Source twins = source(document("海双发〔2033〕41号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n")
                + document("海双发〔2033〕41号", "点灯", "灯塔每晚亮灯。", "2033年5月1日\n"));
        Load first = load(twins);
        assertThat(first.progress()).isEqualTo(new Load.Progress(2, 2, 2, 0, 0));
        assertThat(first.warnings()).extracting(Warning::code).containsExactly("number-twice");
        assertThat(titles("海双发-2033-41%")).containsExactly("海双发〔2033〕41号 海岚市民政局关于观鸟的通知", "null 海岚市民政局关于点灯的通知");
        assertThat(load(twins).progress()).isEqualTo(new Load.Progress(2, 2, 0, 2, 0));
    }

    @Test
    void twoOfOneTitleWithoutANumberAreTwoDocuments() {
        Source twins = source("""
                2033年第8期（总第80期）
                目录
                【人事】
                海岚市人民政府关于人事任免的通知 （2）
                海岚市人民政府
                关于人事任免的通知
                任命林知远为灯塔管理处主任。
                海岚市人民政府
                关于人事任免的通知
                任命周海为渡口管理处主任。
                """);
        assertThat(load(twins).progress().documentsStored()).isEqualTo(2);
        assertThat(load(twins).progress().documentsUnchanged()).isEqualTo(2);
    }

    @Test
    void anIssueThatComesAgainDoesNotPutACorrectedTextBack() {
        Source issue = source(document("海正发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n"));
        load(issue);
        load(source(document("海正发〔2033〕1号", "观鸟", "候鸟来时，一律静音。", "2033年5月1日\n")));
        Load again = load(issue);
        assertThat(again.progress()).isEqualTo(new Load.Progress(1, 1, 0, 1, 0));
        assertThat(again.warnings()).extracting(Warning::code).containsExactly("older-version");
        assertThat(versions("海正发")).isEqualTo(2);
    }

    /** As after a release that reads the same text otherwise: what is held has been read by the one before. */
    @Test
    void aTextThatIsReadOtherwiseThanItWasIsStillTheSameText() {
        Source first = source(document("海读发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n"));
        Source corrected = source(document("海读发〔2033〕1号", "观鸟", "候鸟来时，一律静音。", "2033年5月1日\n"));
        load(first);
        load(corrected);
        readByAnother("海读发");
        assertThat(load(first).warnings()).extracting(Warning::code).containsExactly("older-version");
        assertThat(versions("海读发")).isEqualTo(2);
        assertThat(load(corrected).progress().documentsStored()).as("the current text is read anew").isEqualTo(1);
        readByAnother("海读发");
        assertThat(load(corrected).progress().documentsStored()).as("and anew").isEqualTo(1);
        assertThat(load(corrected).progress().documentsUnchanged()).isEqualTo(1);
        assertThat(load(first).warnings()).extracting(Warning::code).containsExactly("older-version");
        assertThat(versions("海读发")).isEqualTo(4);
        assertThat(announced("海读发")).as("nobody is told of the same text again").containsExactly(1, 2);
    }

    @Test
    void whatWasLoadedIsLoadedAgainFromWhatWasKept() {
        Load before = enqueue(source(document("海复发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n")));
        assertThat(again(before)).as("it has not been loaded yet").isNull();
        worker.run(claim()).block(PATIENCE);
        readByAnother("海复发");
        Load again = Objects.requireNonNull(again(before));
        assertThat(again.source()).isEqualTo(before.source());
        assertThat(loads.content(again.id()).block()).isEqualTo(loads.content(before.id()).block()).isNotEmpty();
        worker.run(claim()).block(PATIENCE);
        assertThat(find(again).progress()).isEqualTo(new Load.Progress(1, 1, 1, 0, 0));
        assertThat(find(before).progress()).as("its report stays").isEqualTo(new Load.Progress(1, 1, 1, 0, 0));
        assertThat(versions("海复发")).isEqualTo(2);
    }

    private @Nullable Load again(Load load) {
        return loads.again(load.id(), "somebody").as(transaction::transactional).block();
    }

    private List<Integer> announced(String issuer) {
        return Objects.requireNonNull(database.sql("""
                SELECT v.version FROM announcement a JOIN version v ON v.id = a.version_id
                 WHERE v.number LIKE :issuer || '%' ORDER BY a.sequence
                """).bind("issuer", issuer).map(row -> row.get("version", Integer.class)).all().collectList().block());
    }

    @Test
    void aTextWhoseDatesTheOfficeHasSetIsNotReadAnew() {
        Source text = source(document("海核发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n"));
        load(text);
        readByAnother("海核发");
        database.sql("""
                INSERT INTO decision (id, kind, work_id, version_id, issued, source, reason, decided_by, decided_at)
                SELECT gen_random_uuid(), 'set-dates', work_id, id, issued, 'x', 'x', 'x', now()
                  FROM version WHERE number LIKE '海核发%'
                """).then().block();
        assertThat(load(text).warnings()).extracting(Warning::code).containsExactly("dates-decided");
        assertThat(versions("海核发")).isEqualTo(1);
        database.sql("UPDATE decision SET revoked_at = now(), revoked_by = 'x' WHERE source = 'x'").then().block();
        assertThat(load(text).progress().documentsStored()).isEqualTo(1);
    }

    @Test
    void aWithdrawnTextThatIsReadOtherwiseThanItWasIsNotTakenInAgain() {
        Source wrong = source(document("海撤发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n"));
        load(wrong);
        database.sql("UPDATE version SET version = -version, source_kind = 'digest' WHERE number LIKE '海撤发%'").then()
                .block();
        readByAnother("海撤发");
        assertThat(load(wrong).warnings()).extracting(Warning::code).containsExactly("withdrawn-version");
        assertThat(versions("海撤发")).isEqualTo(1);
    }

    /** It came alone, and was corrected; the issue that says more of it has the text of before. */
    @Test
    void anIssueWhoseContentsPageSaysMoreDoesNotPutACorrectedTextBack() {
        String text = document("海录发〔2033〕7号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n");
        load(source(text));
        load(source(document("海录发〔2033〕7号", "观鸟", "候鸟来时，一律静音。", "2033年5月1日\n")));
        Load issue = load(source("2033年第10期（总第82期）\n目录\n【民生】\n海岚市民政局关于观鸟的通知……（海录发〔2033〕7号）……1\n" + text));
        assertThat(issue.warnings()).extracting(Warning::code).contains("older-version");
        assertThat(versions("海录发")).isEqualTo(2);
    }

    private void readByAnother(String issuer) {
        database.sql("UPDATE version SET content_hash = sha256(content_hash) WHERE number LIKE :issuer || '%'")
                .bind("issuer", issuer).then().block();
    }

    @Test
    void aPieceWithoutADateDoesNotTakeThePlaceOfADatedText() {
        load(source(document("海残发〔2033〕1号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n")));
        Load piece = load(source(document("海残发〔2033〕1号", "观鸟", "2.海岚市修船通知。", "")));
        assertThat(piece.progress()).isEqualTo(new Load.Progress(1, 1, 0, 0, 1));
        assertThat(piece.warnings()).extracting(Warning::code).contains("undated-correction");
        assertThat(versions("海残发")).isEqualTo(1);
    }

    @Test
    void aCorrectionThatComesAloneKeepsWhatTheContentsPageSaid() {
        String issue = "2033年第9期（总第81期）\n目录\n【民生】\n海岚市民政局关于观鸟的通知……（海政办发〔2033〕7号）……1\n";
        load(source(issue + document("海页发〔2033〕7号", "观鸟", "候鸟来时，保持安静。", "2033年5月1日\n")));
        Source corrected = source(document("海页发〔2033〕7号", "观鸟", "候鸟来时，一律静音。", "2033年5月1日\n"));
        assertThat(load(corrected).progress().documentsStored()).isEqualTo(1);
        assertThat(load(corrected).progress().documentsUnchanged()).isEqualTo(1);
        assertThat(database.sql("""
                SELECT v.version || ' ' || v.topic || ' ' || v.contents_number || ' ' || i.year || '/' || i.number AS told
                  FROM version v JOIN issue i ON i.id = v.issue_id WHERE v.number LIKE '海页发%' ORDER BY v.version
                """).map(row -> row.get("told", String.class)).all().collectList().block())
                .containsExactly("1 民生 海政办发〔2033〕7号 2033/9", "2 民生 海政办发〔2033〕7号 2033/9");
    }

    private Load load(Source source) {
        Load load = enqueue(source);
        worker.run(claim()).block(PATIENCE);
        return find(load);
    }

    private List<String> titles(String key) {
        return Objects.requireNonNull(database.sql("""
                SELECT coalesce(v.number, 'null') || ' ' || v.title AS told
                  FROM version v JOIN work w ON w.id = v.work_id WHERE w.key LIKE :key ORDER BY w.key
                """).bind("key", key).map(row -> row.get("told", String.class)).all().collectList().block());
    }

    private static Source source(String text) {
        return new Source("some.txt", SourceKind.OFFICIAL, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String document(String number, String subject, String rule, String date) {
        return "海岚市民政局\n关于" + subject + "的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n" + date;
    }

    /** Fails ahead of the first transaction, at the fifth document. */
    static final class Stumbling implements DerivedData {

        static final String OVER = "海绊发";

        private record Number(int value) {
        }

        final Map<Integer, Integer> readings = new ConcurrentHashMap<>();
        volatile int stumbled;
        volatile int readWhenStored;

        @Override
        public void read(IncomingDocument document) {
            DocumentNumber number = document.document().number();
            if (number == null || !number.issuer().equals(OVER)) {
                return;
            }
            if (number.sequence() == 5 && stumbled == 0) {
                stumbled = 1;
                throw new IllegalStateException("made to fail");
            }
            document.reading(Number.class, one -> {
                readings.merge(number.sequence(), 1, Integer::sum);
                return new Number(number.sequence());
            });
        }

        @Override
        public Mono<Void> derive(List<StoredVersion> stored) {
            return Mono.fromRunnable(() -> {
                int before = readings.size();
                stored.forEach(one -> read(one.document()));
                readWhenStored += readings.size() - before;
            });
        }
    }

    @TestConfiguration
    static class Also {

        @Bean
        Stumbling stumbling() {
            return new Stumbling();
        }
    }

    @Test
    void theDigestIsLoadedBeforeWhatWaitsLonger() {
        Load before = enqueue(issue("海候发", 1));
        Load digest = enqueue(new Source("digest.txt", SourceKind.DIGEST, "灯塔".getBytes(StandardCharsets.UTF_8)));
        assertThat(List.of(claim().id(), claim().id())).containsExactly(digest.id(), before.id());
        database.sql("UPDATE load SET state = 'done' WHERE state = 'running'").then().block();
    }

    @Test
    void keepsALargeContentByteForByte() {
        byte[] content = new byte[3 * Source.PART + 17];
        new Random(1).nextBytes(content);
        Load load = enqueue(new Source("large.txt", SourceKind.OFFICIAL, content));
        assertThat(loads.content(load.id()).block(PATIENCE)).isEqualTo(content);
        database.sql("UPDATE load SET state = 'done' WHERE id = :id").bind("id", load.id()).then().block();
    }

    private Load enqueue(Source source) {
        return Objects.requireNonNull(loads.enqueue(source, "test").as(transaction::transactional).block(PATIENCE));
    }

    /** The row of a worker that has just died may still be locked by what is being rolled back: then the next look finds it. */
    private LoadQueue.Claimed claim() {
        return Objects.requireNonNull(queue.claim()
                .repeatWhenEmpty(looks -> looks.delayElements(Duration.ofMillis(50))).block(PATIENCE));
    }

    private Load find(Load load) {
        return Objects.requireNonNull(loads.find(load.id()).block(PATIENCE));
    }

    private GazetteIssue parse(Load load) {
        byte[] content = Objects.requireNonNull(loads.content(load.id()).block(PATIENCE));
        return GazetteParser.parse(new String(content, StandardCharsets.UTF_8));
    }

    private void lapse(Load load) {
        database.sql("UPDATE load SET claimed_until = now() - interval '1 second' WHERE id = :id").bind("id", load.id())
                .then().block();
    }

    private int versions(String issuer) {
        return Objects.requireNonNull(database.sql("SELECT count(*)::int AS n FROM version WHERE number LIKE :like")
                .bind("like", issuer + "%").map(row -> row.get("n", Integer.class)).one().block());
    }

    private static Source issue(String issuer, int documents) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= documents; i++) {
            text.append("海岚市民政局\n关于试验第").append(i).append("号的通知\n").append(issuer).append("〔2033〕").append(i)
                    .append("号\n各区民政局：\n第一条 灯塔每晚亮").append(i).append("盏灯。\n海岚市民政局\n2033年5月1日\n");
        }
        return new Source("issue.txt", SourceKind.OFFICIAL, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
