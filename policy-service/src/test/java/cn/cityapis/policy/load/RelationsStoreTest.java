package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.text.SourceKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What storing documents makes of their relations. */
@ServiceTest(properties = "policy.digest=false")
class RelationsStoreTest {

    @Autowired
    StoreDocument corpus;
    @Autowired
    TransactionalOperator transaction;
    @Autowired
    DatabaseClient database;

    @Test
    void replacesTheRelationsOfTheEarlierVersion() {
        store("海政发〔2033〕1号", "灯塔规定", "2033年1月1日", "废止海政发〔2020〕1号。", SourceKind.OFFICIAL);
        store("海政发〔2033〕1号", "灯塔规定", "2033年1月1日", "废止海政发〔2020〕2号。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2033-1")).containsExactly("海政发-2020-2");
    }

    @Test
    void doesNotDoubleWhatDigestAndOfficialTextBothSay() {
        store("海政发〔2033〕2号", "灯塔规定", "2033年1月1日", "废止海政发〔2020〕3号。", SourceKind.DIGEST);
        assertThat(ended("海政发-2033-2")).containsExactly("海政发-2020-3");
        store("海政发〔2033〕2号", "灯塔规定", "2033年1月1日", "同时废止海政发〔2020〕3号和海政发〔2020〕4号。", SourceKind.OFFICIAL);
        store("海政发〔2033〕2号", "灯塔规定", "2033年1月1日", "停止执行海政发〔2020〕5号。", SourceKind.DIGEST);
        assertThat(ended("海政发-2033-2")).containsExactly("海政发-2020-3", "海政发-2020-4");
    }

    @Test
    void joinsAStubKnownByTitleToTheDocumentThatBearsIt() {
        store("海政发〔2033〕10号", "渡口新规定", "2033年1月1日", "《海岚市渡口旧办法》同时废止。", SourceKind.OFFICIAL);
        store("海政发〔2021〕10号", "印发《海岚市渡口旧办法》的通知", "2021年1月1日", "请照办。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2033-10")).containsExactly("海政发-2021-10");
        // and whoever names it by title from now on means the same
        store("海政发〔2033〕11号", "渡口另规定", "2033年1月1日", "《海岚市渡口旧办法》同时废止。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2033-11")).containsExactly("海政发-2021-10");
    }

    @Test
    void neverEndsItselfWhenItEndsAnEditionOfTheSameName() {
        store("海政发〔2033〕12号", "印发《海岚市灯船办法》的通知", "2033年1月1日", "原《海岚市灯船办法》同时废止。", SourceKind.OFFICIAL);
        store("海政发〔2033〕12号", "印发《海岚市灯船办法》的通知", "2033年1月1日", "原《海岚市灯船办法》同时废止。请照办。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2033-12")).hasSize(1).doesNotContain("海政发-2033-12");
    }

    @Test
    void endsTheEditionThatThereWasNotALaterOneOfTheSameName() {
        store("海政发〔2033〕13号", "印发《海岚市灯桩办法》的通知", "2033年1月1日", "请照办。", SourceKind.OFFICIAL);
        store("海政发〔2028〕13号", "印发《海岚市灯桩办法》的通知", "2028年1月1日", "原《海岚市灯桩办法》同时废止。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2028-13")).hasSize(1).doesNotContain("海政发-2033-13");
        assertThat(since("海政发-2033-13")).isNull();
        // the edition that was meant
        store("海政发〔2022〕13号", "印发《海岚市灯桩办法》的通知", "2022年1月1日", "请照办。", SourceKind.OFFICIAL);
        assertThat(since("海政发-2022-13")).isEqualTo("2028-01-01");
    }

    @Test
    void takesOfSeveralEditionsTheLatestThatThereWas() {
        store("海政发〔2024〕14号", "印发《海岚市灯浮办法》的通知", "2024年1月1日", "请照办。", SourceKind.OFFICIAL);
        store("海政发〔2026〕14号", "印发《海岚市灯浮办法》的通知", "2026年1月1日", "请照办。", SourceKind.OFFICIAL);
        store("海政发〔2022〕14号", "印发《海岚市灯浮办法》的通知", "2022年1月1日", "请照办。", SourceKind.OFFICIAL);
        store("海政发〔2025〕14号", "渡口规定", "2025年1月1日", "《海岚市灯浮办法》同时废止。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2025-14")).containsExactly("海政发-2024-14");
    }

    @Test
    void joinsNoStubToAnEditionThatCameLater() {
        store("海政发〔2030〕15号", "渡口规定", "2030年1月1日", "《海岚市灯标办法》同时废止。", SourceKind.OFFICIAL);
        store("海政发〔2036〕15号", "渡口规定之二", "2036年1月1日", "《海岚市灯标办法》同时废止。", SourceKind.OFFICIAL);
        store("海政发〔2033〕15号", "印发《海岚市灯标办法》的通知", "2033年1月1日", "请照办。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2030-15")).doesNotContain("海政发-2033-15");
        assertThat(ended("海政发-2036-15")).containsExactly("海政发-2033-15");
        assertThat(since("海政发-2033-15")).isEqualTo("2036-01-01");
    }

    @Test
    void endsNothingBeforeThereWasAny() {
        store("海政发〔2033〕16号", "灯会规定", "2033年1月1日", "第一条 亮灯。", SourceKind.OFFICIAL);
        store("海政发〔2030〕16号", "误读规定", "2030年1月1日", "废止海政发〔2033〕16号。", SourceKind.OFFICIAL);
        assertThat(ended("海政发-2030-16")).as("the relation is kept").containsExactly("海政发-2033-16");
        assertThat(since("海政发-2033-16")).isNull();
    }

    @Test
    void countsTheRepealThatNamesItsDayBeforeOneWithout() {
        store("海政发〔2030〕18号", "灯影规定", "2030年1月1日", "第一条 亮灯。", SourceKind.OFFICIAL);
        store("海政发〔2031〕18号", "灯影清理", "", "废止海政发〔2030〕18号。", SourceKind.OFFICIAL);
        String repeals = "SELECT count(*) AS n FROM repeal p JOIN work w ON w.id = p.target WHERE w.key = '海政发-2030-18'";
        assertThat(count(repeals + " AND p.since IS NULL")).isEqualTo(1);
        store("海政发〔2032〕18号", "灯影再清理", "2032年1月1日", "废止海政发〔2030〕18号。", SourceKind.OFFICIAL);
        assertThat(count(repeals)).isEqualTo(1);
        assertThat(since("海政发-2030-18")).isEqualTo("2032-01-01");
    }

    @Test
    void addsUpExtensionsInTheOrderInWhichTheyWereIssued() {
        store("海政发〔2030〕17号", "灯谜规定", "2030年1月1日", "第一条 亮灯。\n\n本规定自2030年1月1日起施行，有效期至2032年12月31日。",
                SourceKind.OFFICIAL);
        store("海政发〔2034〕17号", "灯谜规定再延期", "2034年1月1日", "海政发〔2030〕17号有效期延长两年。", SourceKind.OFFICIAL);
        assertThat(until("海政发-2030-17")).isEqualTo("2034-12-31");
        store("海政发〔2032〕17号", "灯谜规定延期", "2032年1月1日", "海政发〔2030〕17号有效期延长两年。\n\n第二条 海政发〔2030〕17号有效期延长两年。",
                SourceKind.OFFICIAL);
        assertThat(until("海政发-2030-17")).isEqualTo("2036-12-31");
        store("海政发〔2036〕17号", "灯谜规定三延期", "2036年1月1日", "海政发〔2030〕17号有效期延长至2040年6月30日。", SourceKind.OFFICIAL);
        store("海政发〔2040〕17号", "灯谜规定四延期", "2040年1月1日", "海政发〔2030〕17号有效期再延长一年。", SourceKind.OFFICIAL);
        assertThat(until("海政发-2030-17")).isEqualTo("2041-06-30");
    }

    @Test
    void keepsAChainOfRepealsAndRevivesNothing() {
        store("海政发〔2033〕21号", "甲规定", "2033年1月1日", "第一条 亮灯。", SourceKind.OFFICIAL);
        store("海政发〔2034〕21号", "乙规定", "2034年1月1日", "废止海政发〔2033〕21号。", SourceKind.OFFICIAL);
        store("海政发〔2035〕21号", "丙规定", "2035年1月1日", "废止海政发〔2034〕21号。", SourceKind.OFFICIAL);
        assertThat(since("海政发-2033-21")).isEqualTo("2034-01-01");
        assertThat(since("海政发-2034-21")).isEqualTo("2035-01-01");
    }

    @Test
    void doesNotCountARepealWhoseDocumentWasItselfRepealedBefore() {
        store("海政发〔2033〕31号", "甲规定", "2033年1月1日", "第一条 亮灯。", SourceKind.OFFICIAL);
        store("海政发〔2034〕31号", "乙规定", "2034年1月1日", "海政发〔2033〕31号自2036年1月1日起废止。", SourceKind.OFFICIAL);
        assertThat(since("海政发-2033-31")).isEqualTo("2036-01-01");
        long before = changed("海政发-2033-31");
        store("海政发〔2035〕31号", "丙规定", "2035年1月1日", "废止海政发〔2034〕31号。", SourceKind.OFFICIAL);
        assertThat(since("海政发-2033-31")).isNull();
        assertThat(changed("海政发-2033-31")).as("read models read it again").isGreaterThan(before);
    }

    @Test
    void whatADocumentNoLongerProlongsIsReadAgain() {
        store("海政发〔2033〕32号", "丁规定", "2033年1月1日", "第一条 亮灯。\n\n本规定自2033年1月1日起施行，有效期至2035年12月31日。",
                SourceKind.OFFICIAL);
        store("海政发〔2034〕32号", "戊规定", "2034年1月1日", "海政发〔2033〕32号有效期延长至2040年12月31日。", SourceKind.OFFICIAL);
        long before = changed("海政发-2033-32");
        store("海政发〔2034〕33号", "己规定", "2034年2月1日", "废止海政发〔2034〕32号。", SourceKind.OFFICIAL);
        assertThat(changed("海政发-2033-32")).isGreaterThan(before);
    }

    @Test
    void storesDocumentsThatCiteEachOtherAllAtOnce() {
        List<Integer> numbers = IntStream.rangeClosed(1, 12).boxed().toList();
        List<Boolean> stored = Flux.fromIterable(numbers)
                .flatMap(i -> store(document("海政发〔2040〕" + i + "号", "规定之" + i, "2040年1月1日",
                        "根据海政发〔2040〕" + (i % 12 + 1) + "号和《共同的法》制定。同时废止海政发〔2039〕1号。"), SourceKind.OFFICIAL)
                        .retryWhen(Deadlocks.again()), 12)
                .collectList().block();
        assertThat(stored).hasSize(12).containsOnly(true);
        assertThat(count("SELECT count(*) AS n FROM relation WHERE current AND kind = 'basis'"
                + " AND stated_in IN (SELECT id FROM work WHERE key LIKE '海政发-2040-%')")).isEqualTo(24);
        assertThat(count("SELECT count(*) AS n FROM stub WHERE title = '共同的法'")).isEqualTo(1);
        assertThat(
                count("SELECT count(*) AS n FROM repeal p JOIN work w ON w.id = p.target WHERE w.key = '海政发-2039-1'"))
                .isEqualTo(12);
    }

    private void store(String number, String subject, String date, String body, SourceKind kind) {
        store(document(number, subject, date, body), kind).block();
    }

    private Mono<Boolean> store(GazetteDocument document, SourceKind kind) {
        return corpus.store(document, kind, null).as(transaction::transactional);
    }

    private static GazetteDocument document(String number, String subject, String date, String body) {
        return GazetteParser.parse("海岚市人民政府\n\n关于" + subject + "\n\n" + number + "\n\n各区人民政府：\n\n" + body
                + "\n\n海岚市人民政府\n" + date + "\n").documents().getFirst();
    }

    private long changed(String key) {
        return Objects.requireNonNull(database.sql("SELECT changed_tx FROM work WHERE key = :key").bind("key", key)
                .map(row -> row.get("changed_tx", Long.class)).one().block());
    }

    private List<String> ended(String key) {
        return database.sql("""
                SELECT t.key
                  FROM relation r JOIN work w ON w.id = r.source JOIN work t ON t.id = r.target
                 WHERE w.key = :key AND r.current AND r.kind IN ('repeals', 'replaces')
                 ORDER BY r.id
                """).bind("key", key).map(row -> row.get("key", String.class)).all().collectList().block();
    }

    private @org.jspecify.annotations.Nullable LocalDate since(String key) {
        return database.sql("SELECT p.since FROM repeal p JOIN work w ON w.id = p.target WHERE w.key = :key")
                .bind("key", key).map(row -> row.get("since", LocalDate.class)).first().block();
    }

    private @org.jspecify.annotations.Nullable LocalDate until(String key) {
        return database
                .sql("SELECT max(x.until) AS until FROM extension x JOIN work w ON w.id = x.target WHERE w.key = :key")
                .bind("key", key).map(row -> row.get("until", LocalDate.class)).one().block();
    }

    private long count(String sql) {
        Long count = database.sql(sql).map(row -> row.get("n", Long.class)).one().block();
        return count == null ? -1 : count;
    }
}
