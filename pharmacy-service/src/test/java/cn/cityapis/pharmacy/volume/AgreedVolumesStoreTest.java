package cn.cityapis.pharmacy.volume;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.ExplainedStatement;
import cn.cityapis.pharmacy.RandomTrade;
import cn.cityapis.pharmacy.RandomTrade.Moved;
import cn.cityapis.pharmacy.volume.AgreedVolumes.After;
import cn.cityapis.pharmacy.volume.AgreedVolumes.Fulfilment;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
                       approval_no, :code, initials, pinyin, source, demo FROM (SELECT * FROM drug WHERE kind IS NULL ORDER BY id LIMIT 1) d
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

    private long accepted(Line line, Agreed agreed, LocalDate last, List<Moved> trade) {
        boolean twins = agreed.anyWinner() && unitsOfTwins.containsKey(line.drug());
        Set<UUID> count = twins ? unitsOfTwins.keySet() : Set.of(line.drug());
        return trade.stream()
                .filter(moved -> moved.chain().equals(line.chain()) && count.contains(moved.drug())
                        && !moved.acceptedOn().isBefore(agreed.from()) && !moved.acceptedOn().isAfter(agreed.to())
                        && !moved.day().isAfter(last))
                .mapToLong(moved -> moved.packs() * unitsOfTwins.getOrDefault(moved.drug(), 1)).sum()
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
        List<Moved> trade = RandomTrade.of(database, random, allDrugs(), 500, NEW_YEAR.minusDays(120), 500);
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

    private Map<UUID, Fulfilment> byChain(Map<Line, Agreed> lines, LocalDate first, LocalDate last, List<Moved> trade) {
        Map<UUID, Fulfilment> sums = new HashMap<>();
        lines.forEach((line, agreed) -> {
            if (!agreed.from().isAfter(last) && !agreed.to().isBefore(first)) {
                sums.merge(line.chain(), agreed.packs() == 0
                        ? Fulfilment.NOTHING
                        : counting(agreed, last, accepted(line, agreed, last, trade)), Fulfilment::plus);
            }
        });
        return sums;
    }

    private static Fulfilment counting(Agreed agreed, LocalDate last, long accepted) {
        long days = ChronoUnit.DAYS.between(agreed.from(), agreed.to()) + 1;
        long passed = Math.min(days, ChronoUnit.DAYS.between(agreed.from(), last) + 1) * 10_000 / days;
        long due = agreed.packs() * passed / 10_000;
        boolean behind = passed > 1000 && accepted * 10_000 / agreed.packs() * 10_000 < passed * 8000;
        return new Fulfilment(due, accepted, accepted > due ? due : accepted, 1, behind ? 1 : 0);
    }

    @Test
    void theDaysAreReadOffAnIndex() throws SQLException {
        assertThat(new ExplainedStatement(settings, AgreedVolumes.RECEIVED).plan(
                Map.of("first", "'2040-04-01'::date", "last", "'2040-06-30'::date"), "SET enable_seqscan = off")
                .toString()).containsPattern("\"Index Cond\":\"\\(\\(decided_at >= [^\"]*decided_at < ");
    }
}
