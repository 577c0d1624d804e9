package cn.cityapis.pharmacy.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.ExplainedStatement;
import cn.cityapis.pharmacy.RandomTrade;
import cn.cityapis.pharmacy.RandomTrade.Moved;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByArea;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByChain;
import cn.cityapis.pharmacy.report.QuarterlyFigures.ByMedicine;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;

/** A quarter in which nothing else happens: the demo trade is earlier. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-sums", "pharmacy.jobs.first=PT24H"})
class QuarterSumsStoreTest {

    private static final Quarter QUARTER = new Quarter(2041, 2);
    private static final long BEFORE = 4_000;

    @Autowired
    QuarterSums sums;
    @Autowired
    DatabaseClient database;
    @Autowired
    Environment settings;

    private record Sum(long packs, long fen, long saved) {

        private static Sum of(List<Moved> trade, UUID dearBefore) {
            return new Sum(trade.stream().mapToLong(Moved::packs).sum(),
                    trade.stream().mapToLong(moved -> moved.packs() * moved.priceFen()).sum(),
                    trade.stream().filter(moved -> moved.drug().equals(dearBefore))
                            .mapToLong(moved -> moved.packs() * Math.max(0, BEFORE - moved.priceFen())).sum());
        }
    }

    /** Last in every list. The first had a price before: the city's latest in force, not the nation's nor a later one. */
    private List<UUID> medicines() {
        List<UUID> drugs = Objects.requireNonNull(database.sql("""
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT ('ffffffff-ffff-4fff-8fff-00000000000' || i)::uuid, '季度药' || i || '片', form, strength, strength_value, strength_unit, pack_units,
                       unit_name, pack_name, maker, approval_no, 'Q-' || i, 'jdy', 'jiduyao', source, demo
                  FROM (SELECT * FROM drug LIMIT 1) d, generate_series(1, 5) i
                RETURNING id
                """).mapValue(UUID.class).all().collectList().block());
        database.sql("""
                INSERT INTO award SELECT gen_random_uuid(), d, batch, supply_area, valid_from, valid_to, price_fen, source,
                                         demo, recorded_at FROM (SELECT * FROM award LIMIT 1) a, unnest(:drugs) d
                """).bind("drugs", drugs.toArray(UUID[]::new)).then().block();
        database.sql("""
                INSERT INTO price
                SELECT gen_random_uuid(), :drug, 'before', p.area, p.fen, p.since, 't', false, now()
                  FROM (VALUES ('371000', 3000, date '2040-01-01'), ('371000', :before, date '2041-06-30'),
                               ('371000', 9000, date '2041-07-01'), ('100000', 8000, date '2041-06-30'),
                               ('370200', 7000, date '2041-06-30')) AS p (area, fen, since)
                """).bind("drug", drugs.getFirst()).bind("before", BEFORE).then().block();
        return drugs;
    }

    @Test
    void equalsBruteForceOnRandomTradeInAllThreeWays() throws SQLException {
        List<UUID> drugs = medicines();
        Random random = new Random(41);
        List<Moved> trade = new ArrayList<>(RandomTrade.of(database, random, drugs, 400, LocalDate.of(2041, 2, 20),
                170));
        trade.addAll(RandomTrade.of(database, random, drugs, 20, QUARTER.first(), 1));
        trade.addAll(RandomTrade.of(database, random, drugs, 20, QUARTER.next(), 1));
        List<Moved> inQuarter = trade.stream().filter(moved -> Quarter.of(moved.day()).equals(QUARTER)).toList();
        QuarterlyFigures figures = Objects.requireNonNull(sums.of(QUARTER).block());

        assertThat(figures.byMedicine().stream().collect(Collectors.toMap(ByMedicine::drugId,
                m -> new Sum(m.packs(), m.amountFen().amount(), m.savedFen().amount()))))
                .isEqualTo(expected(inQuarter, Moved::drug, drugs.getFirst()));
        assertThat(figures.byMedicine()).isSortedAccordingTo(
                Comparator.comparing((ByMedicine m) -> m.amountFen().amount()).reversed());
        assertThat(figures.byMedicine()).allSatisfy(m -> {
            Sum bought = Sum.of(inQuarter.stream().filter(moved -> moved.drug().equals(m.drugId()) && moved.packs() > 0)
                    .toList(), drugs.getFirst());
            assertThat(m.meanPriceFen().amount()).isEqualTo(Math.round((double) bought.fen() / bought.packs()));
            assertThat(m.beforePriceFen() == null ? null : m.beforePriceFen().amount())
                    .isEqualTo(m.drugId().equals(drugs.getFirst()) ? BEFORE : null);
        });
        assertThat(figures.byChain()).hasSize(18);
        assertThat(figures.byChain().stream().filter(c -> inQuarter.stream().anyMatch(
                moved -> moved.chain().equals(c.chainId()))).collect(Collectors.toMap(ByChain::chainId,
                        c -> new Sum(c.packs(), c.amountFen().amount(), c.savedFen().amount()))))
                .isEqualTo(expected(inQuarter, Moved::chain, drugs.getFirst()));
        assertThat(figures.byArea().stream().collect(Collectors.toMap(ByArea::areaCode,
                a -> new Sum(a.packs(), a.amountFen().amount(), a.savedFen().amount()))))
                .isEqualTo(expected(inQuarter, Moved::area, drugs.getFirst()));
        assertThat(figures.byArea()).extracting(ByArea::areaCode).isSorted();
        Sum all = Sum.of(inQuarter, drugs.getFirst());
        assertThat(new Sum(figures.packs(), figures.amountFen().amount(), figures.savedFen().amount())).isEqualTo(all);

        assertThat(new ExplainedStatement(settings, QuarterSums.RECEIVED).plan(Map.of("first", "'2041-04-01'::date",
                "next", "'2041-07-01'::date", "areas", "'{371000}'::text[]"), "SET enable_seqscan = off").toString())
                .containsPattern("\"Index Cond\":\"\\(\\(decided_at >= [^\"]*decided_at < ");
    }

    private static <K> Map<K, Sum> expected(List<Moved> trade, Function<Moved, K> by, UUID dearBefore) {
        return trade.stream().collect(Collectors.groupingBy(by, Collectors.collectingAndThen(Collectors.toList(),
                moved -> Sum.of(moved, dearBefore))));
    }
}
