package cn.cityapis.pharmacy.volume;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.ExplainedStatement;
import cn.cityapis.pharmacy.RandomTrade;
import cn.cityapis.pharmacy.RandomTrade.Kept;
import cn.cityapis.pharmacy.volume.AgreedVolumes.After;
import cn.cityapis.pharmacy.volume.AgreedVolumes.Fulfilment;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Years in which nothing else happens: the demo trade is earlier. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-volumes", "pharmacy.jobs.first=PT24H"})
class AgreedVolumesStoreTest {

    private static final LocalDate NEW_YEAR = LocalDate.of(2040, 1, 1);
    private static final VolumeRules.Threshold THRESHOLD = new VolumeRules.Threshold(LocalDate.of(2020, 1, 1), 1000,
            8000);

    @Autowired
    AgreedVolumes volumes;
    @Autowired
    DatabaseClient database;
    @Autowired
    Environment settings;

    private final Map<UUID, Integer> unitsOfTwins = new HashMap<>();
    private final List<UUID> others = new ArrayList<>();
    private final List<UUID> chains = new ArrayList<>();
    private final String unique = UUID.randomUUID().toString();

    private record Line(UUID cycle, UUID chain, UUID drug) {
    }

    private record Agreed(LocalDate from, LocalDate to, boolean anyWinner, int packs) {
    }

    @BeforeEach
    void medicines() {
        database.sql(
                "DELETE FROM agreed_volume WHERE cycle_id IN (SELECT id FROM purchase_cycle WHERE valid_to >= :day)")
                .bind("day", NEW_YEAR.minusDays(120)).then().block();
        chains.addAll(ids("SELECT id FROM chain ORDER BY org LIMIT 6"));
        List.of(7, 30, 100_000).forEach(units -> unitsOfTwins.put(medicine("三厂同药片" + unique, units), units));
        List.of(1, 2, 3).forEach(i -> others.add(medicine("另药" + i + unique, 1)));
    }

    private UUID medicine(String name, int units) {
        UUID id = UUID.randomUUID();
        database.sql("""
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT :id, :name, form, strength, strength_value, strength_unit, :units, unit_name, pack_name, maker,
                       approval_no, :code, initials, pinyin, source, demo FROM (SELECT * FROM drug ORDER BY id LIMIT 1) d
                """).bind("id", id).bind("name", name).bind("units", units).bind("code", "T-" + id).then().block();
        database.sql("""
                INSERT INTO award SELECT gen_random_uuid(), :id, batch, supply_area, valid_from, valid_to, price_fen,
                                         source, demo, recorded_at FROM (SELECT * FROM award LIMIT 1) a
                """).bind("id", id).then().block();
        return id;
    }

    private List<UUID> ids(String sql) {
        return Objects.requireNonNull(database.sql(sql).mapValue(UUID.class).all().collectList().block());
    }

    private UUID cycle(LocalDate from, LocalDate to) {
        UUID id = UUID.randomUUID();
        database.sql("INSERT INTO purchase_cycle VALUES (:id, :name, :from, :to, true)").bind("id", id)
                .bind("name", id.toString()).bind("from", from).bind("to", to).then().block();
        return id;
    }

    private void agree(Line line, Agreed agreed) {
        database.sql("INSERT INTO agreed_volume VALUES (:cycle, :chain, :drug, :matchedBy, :packs)")
                .bind("cycle", line.cycle()).bind("chain", line.chain()).bind("drug", line.drug())
                .bind("matchedBy", agreed.anyWinner() ? "any_winner" : "brand").bind("packs", agreed.packs()).then()
                .block();
    }

    private List<UUID> allDrugs() {
        List<UUID> drugs = new ArrayList<>(unitsOfTwins.keySet());
        drugs.addAll(others);
        return drugs;
    }

    /** Cycles that overlap and that do not, lines of every kind. */
    private Map<Line, Agreed> agreedAtRandom(Random random) {
        Map<Line, Agreed> lines = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            LocalDate from = NEW_YEAR.plusDays(random.nextInt(-100, 300));
            LocalDate to = from.plusDays(random.nextInt(300));
            UUID cycle = cycle(from, to);
            for (UUID chain : chains) {
                for (UUID drug : allDrugs()) {
                    if (random.nextBoolean()) {
                        Agreed agreed = new Agreed(from, to, random.nextBoolean(), random.nextInt(3) * 100);
                        lines.put(new Line(cycle, chain, drug), agreed);
                        agree(new Line(cycle, chain, drug), agreed);
                    }
                }
            }
        }
        return lines;
    }

    private long accepted(Line line, Agreed agreed, LocalDate last, List<Kept> trade) {
        boolean twins = agreed.anyWinner() && unitsOfTwins.containsKey(line.drug());
        Set<UUID> count = twins ? unitsOfTwins.keySet() : Set.of(line.drug());
        return trade.stream()
                .filter(kept -> kept.chain().equals(line.chain()) && count.contains(kept.drug())
                        && !kept.day().isBefore(agreed.from()) && !kept.day().isAfter(agreed.to())
                        && !kept.day().isAfter(last))
                .mapToLong(kept -> kept.packs() * unitsOfTwins.getOrDefault(kept.drug(), 1)).sum()
                / unitsOfTwins.getOrDefault(line.drug(), 1);
    }

    private static Map<Line, Long> found(List<AgreedVolume> volumes) {
        Map<Line, Long> found = new HashMap<>();
        volumes.forEach(v -> found.put(new Line(v.cycleId(), v.chainId(), v.drugId()), v.acceptedPacks()));
        return found;
    }

    @Test
    void equalsBruteForceOnRandomTradePageByPageAndAtOnce() {
        Random random = new Random(37);
        Map<Line, Agreed> lines = agreedAtRandom(random);
        List<Kept> trade = RandomTrade.of(database, random, allDrugs(), 500, NEW_YEAR.minusDays(120), 500);
        assertThat(trade).hasSizeGreaterThan(500);
        for (LocalDate day : List.of(NEW_YEAR.minusDays(1), NEW_YEAR.plusDays(60), NEW_YEAR.plusDays(200),
                NEW_YEAR.plusDays(365))) {
            Map<Line, Long> expected = new HashMap<>();
            lines.forEach((line, agreed) -> {
                if (!agreed.from().isAfter(day) && !agreed.to().isBefore(day)) {
                    expected.put(line, accepted(line, agreed, day, trade));
                }
            });
            assertThat(found(Objects.requireNonNull(volumes.all(day, THRESHOLD).collectList().block())))
                    .isEqualTo(expected);
            assertThat(found(pages(day))).isEqualTo(expected);
        }
        LocalDate first = NEW_YEAR.plusMonths(3);
        LocalDate last = NEW_YEAR.plusMonths(6).minusDays(1);
        assertThat(volumes.byChain(first, last).block()).isEqualTo(byChain(lines, first, last, trade));
    }

    private List<AgreedVolume> pages(LocalDate day) {
        List<AgreedVolume> all = new ArrayList<>();
        After after = After.NOTHING;
        List<AgreedVolume> page;
        do {
            page = Objects.requireNonNull(volumes.page(null, day, THRESHOLD, after, 7).collectList().block());
            all.addAll(page);
            after = page.isEmpty() ? after : after(page.getLast());
        } while (!page.isEmpty());
        return all;
    }

    private static After after(AgreedVolume volume) {
        return new After(volume.cycleId(), volume.chainId(), volume.drugId());
    }

    private Map<UUID, Fulfilment> byChain(Map<Line, Agreed> lines, LocalDate first, LocalDate last, List<Kept> trade) {
        Map<UUID, Fulfilment> sums = new HashMap<>();
        lines.forEach((line, agreed) -> {
            if (!agreed.from().isAfter(last) && !agreed.to().isBefore(first)) {
                long due = VolumeRules.expectedPacks(agreed.packs(),
                        VolumeRules.timePassedBp(agreed.from(), agreed.to(), last));
                Fulfilment of = agreed.packs() == 0
                        ? Fulfilment.NOTHING
                        : new Fulfilment(due, accepted(line, agreed, last, trade));
                sums.merge(line.chain(), of, (one, other) -> new Fulfilment(
                        one.expectedPacks() + other.expectedPacks(), one.acceptedPacks() + other.acceptedPacks()));
            }
        });
        return sums;
    }

    /** Many cycles with little in them, as files may bring them, once made it read everything for each of them. */
    @Test
    void whatWasReceivedIsNotReadAgainForEachCycle() throws SQLException {
        Random random = new Random(38);
        agreedAtRandom(random);
        RandomTrade.of(database, random, others, 600, NEW_YEAR, 200);
        long before = rows(explained());
        UUID unbought = unitsOfTwins.keySet().iterator().next();
        for (int i = 0; i < 60; i++) {
            UUID cycle = cycle(NEW_YEAR, NEW_YEAR.plusDays(100 + i));
            chains.forEach(chain -> agree(new Line(cycle, chain, unbought), new Agreed(NEW_YEAR, NEW_YEAR, false, 1)));
        }
        assertThat(rows(explained())).isLessThan(3 * before);
    }

    @Test
    void theDaysAreReadOffAnIndex() throws SQLException {
        agreedAtRandom(new Random(39));
        assertThat(explained("SET enable_seqscan = off").toString())
                .containsPattern("\"Index Cond\":\"\\(\\(decided_at >= [^\"]*decided_at < ");
    }

    private JsonNode explained(String... options) throws SQLException {
        database.sql("ANALYZE agreed_volume, purchase_cycle, delivery, delivery_line, order_line, drug").then().block();
        return new ExplainedStatement(settings, AgreedVolumes.ALL).plan(
                Map.of("first", "'2040-04-01'::date", "last", "'2040-06-30'::date"), options);
    }

    /** Rows that the nodes of a plan made, or made and threw away. */
    private static long rows(JsonNode plan) {
        long loops = plan.path("Actual Loops").asLong();
        double each = plan.path("Actual Rows").asDouble() + plan.path("Rows Removed by Filter").asDouble()
                + plan.path("Rows Removed by Join Filter").asDouble();
        return Math.round(each * loops)
                + plan.path("Plans").valueStream().mapToLong(AgreedVolumesStoreTest::rows).sum();
    }
}
