package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.TableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockFileTest {

    private static final String HEAD = "storeId,drugId,quantity,retailPriceFen,reportedAt\n";
    private static final UUID STORE = new UUID(1, 1);
    private static final UUID DRUG = new UUID(2, 2);
    private static final String GOOD = STORE + "," + DRUG + ",3,735,2026-11-21T09:30:00+08:00\n";

    private static StockFile csv(String text) {
        return StockFile.csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private static StockFile ndjson(String text) {
        return StockFile.ndjson(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> told(StockFile file) {
        return file.bad().first().stream().map(b -> b.line() + " " + b.column() + " " + b.code()).toList();
    }

    @Test
    void keepsGoodLinesAndTellsEachBadOneByItsNumber() {
        StockFile file = csv(HEAD + GOOD + "x," + DRUG + ",-1,7.35,gestern\n\n" + GOOD + STORE + "," + DRUG + "\n");
        assertThat(file.received()).isEqualTo(4);
        assertThat(file.lines()).extracting(StockFile.Line::line).containsExactly(2, 5);
        assertThat(told(file)).containsExactly("3 storeId wrong-type", "3 quantity wrong-type",
                "3 retailPriceFen wrong-type", "3 reportedAt wrong-type", "6 quantity missing",
                "6 retailPriceFen missing", "6 reportedAt missing");
    }

    @Test
    void aMomentThatNoColumnHoldsIsNone() {
        String line = STORE + "," + DRUG + ",3,735,";
        StockFile file = csv(HEAD + line + "-999999999-01-01T00:00:00Z\n" + line + "+999999999-12-31T00:00:00Z\n" + line
                + "1999-12-31T23:59:59Z\n" + line + "2000-01-01T00:00:00Z\n");
        assertThat(file.lines()).extracting(StockFile.Line::line).containsExactly(5);
        assertThat(told(file)).containsExactly("2 reportedAt wrong-type", "3 reportedAt wrong-type",
                "4 reportedAt wrong-type");
    }

    @Test
    void readsOneObjectALine() {
        String good = "{\"storeId\":\"%s\",\"drugId\":\"%s\",\"quantity\":3,\"retailPriceFen\":735,\"reportedAt\":\"2026-11-21T09:30:00Z\"%s}";
        StockFile file = ndjson(good.formatted(STORE, DRUG, "") + "\n[]\n{\"a\n"
                + good.formatted(STORE, DRUG, ",\"colour\":1") + "\r\n" + good.formatted(STORE, DRUG, "") + "x");
        assertThat(file.received()).isEqualTo(5);
        assertThat(file.lines()).extracting(StockFile.Line::line).containsExactly(1);
        assertThat(told(file)).containsExactly("2  malformed-json", "3  malformed-json", "4 colour unknown-field",
                "5  malformed-json");
    }

    /** However much stands in a line: what is kept of it is little. */
    @Test
    void ofAnEndlessLineLittleIsKept() {
        String names = "\"a%d\":0,";
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < 150; i++) {
            line.append(names.formatted(i));
        }
        String many = line + "\"quantity\":1}";
        StockFile file = ndjson(many + "\n" + "x".repeat(2_001) + "\n\n" + " ".repeat(2_000) + "\n" + many);
        assertThat(file.received()).isEqualTo(3);
        assertThat(file.bad().lines()).isEqualTo(3);
        assertThat(told(file).stream().filter(fault -> fault.endsWith("unknown-field"))).hasSize(40);
        assertThat(told(file)).contains("2  size", "5 a19 unknown-field", "5 storeId missing");
        StockFile endless = ndjson((many + "\n").repeat(5_000));
        assertThat(endless.bad().lines()).isEqualTo(5_000);
        assertThat(endless.bad().first()).hasSize(10_000);
    }

    @Test
    void aFileThatIsNoneIsRefusedWhole() {
        assertThatThrownBy(() -> csv("")).isInstanceOf(TableException.class);
        assertThatThrownBy(() -> csv("a,b\n1,2\n")).hasMessageContaining("缺少列“storeId”");
        assertThatThrownBy(() -> ndjson(" \n")).isInstanceOf(TableException.class);
        assertThatThrownBy(() -> ndjson("{}\n".repeat(200_001))).hasMessageContaining("200000");
        assertThatThrownBy(() -> ndjson("\n".repeat(200_001))).hasMessageContaining("200000");
    }

    @Test
    void aFileOfTheMostLinesIsTakenAndOneOfOneMoreIsNot() {
        assertThat(ndjson("{}\n".repeat(200_000)).received()).isEqualTo(200_000);
        assertThat(csv(HEAD + GOOD.repeat(200_000)).lines()).hasSize(200_000);
        assertThatThrownBy(() -> csv(HEAD + GOOD.repeat(200_001))).isInstanceOf(TableException.class);
    }

    @Test
    void tenThousandBadLinesAreToldEach() {
        StockFile file = csv(HEAD + "x,y,z,0,t\n".repeat(10_000));
        assertThat(file.bad().lines()).isEqualTo(10_000);
        assertThat(file.bad().first()).hasSize(10_000);
        assertThat(file.bad().first().getLast().line()).isEqualTo(2_001);
    }

    /** Whatever the order of lines, the same report of each shelf is kept, of two of one moment too. */
    @Test
    void theNewestOfEachShelfIsKeptWhateverTheOrder() {
        Random random = new Random(6);
        for (int round = 0; round < 200; round++) {
            List<StockFile.Line> lines = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                lines.add(new StockFile.Line(i, new ShelfReport(new UUID(random.nextLong(), random.nextInt(2)),
                        DRUG, random.nextInt(3), 700L + random.nextInt(3),
                        OffsetDateTime.parse("2026-11-21T09:00:0" + random.nextInt(4) + "+08:00"))));
                lines.add(new StockFile.Line(i, new ShelfReport(STORE, DRUG, random.nextInt(3),
                        700L + random.nextInt(3),
                        OffsetDateTime.parse("2026-11-21T09:00:0" + random.nextInt(4) + "+08:00"))));
            }
            List<ShelfReport> kept = kept(lines);
            Collections.shuffle(lines, random);
            assertThat(kept(lines)).isEqualTo(kept);
            assertThat(kept).extracting(r -> r.storeId().toString()).isSorted();
        }
    }

    private static List<ShelfReport> kept(List<StockFile.Line> lines) {
        Set<UUID> stores = new java.util.HashSet<>(lines.stream().map(l -> l.report().storeId()).toList());
        return ReportRules.sort(lines, new ReportRules.Known(stores, Map.of(DRUG, drug(735)), Instant.MAX
                .minusSeconds(1000)), false).good();
    }

    private static cn.cityapis.pharmacy.catalogue.Drug drug(long procured) {
        return new cn.cityapis.pharmacy.catalogue.Drug(DRUG,
                cn.cityapis.pharmacy.catalogue.ProductKind.MEDICINE, "n", "f", "s", 30, "片", "盒", "m", "a", "c",
                new cn.cityapis.pharmacy.money.Fen(procured), null, true);
    }

    @Test
    void aSuspiciousMagnitudeIsAskedAboutAndTakenWhenConfirmed() {
        var known = new ReportRules.Known(Set.of(STORE), Map.of(DRUG, drug(1000)),
                Instant.parse("2026-11-21T01:30:00Z"));
        for (long[] price : new long[][]{{50, 0}, {51, 1}, {49_999, 1}, {50_000, 0}}) {
            var line = List.of(new StockFile.Line(2, new ShelfReport(STORE, DRUG, 1, price[0],
                    OffsetDateTime.parse("2026-11-21T09:30:00+08:00"))));
            assertThat(ReportRules.sort(line, known, false).good()).hasSize((int) price[1]);
            assertThat(ReportRules.sort(line, known, true).good()).hasSize(1);
        }
    }

    @Test
    void othersStoresUnknownMedicinesAndTheFutureAreTold() {
        var known = new ReportRules.Known(Set.of(), Map.of(), Instant.parse("2026-11-21T01:24:59Z"));
        var lines = csv(HEAD + GOOD).lines();
        assertThat(ReportRules.sort(lines, known, false).bad().first()).extracting(BadLine::column, BadLine::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("storeId", "unknown"),
                        org.assertj.core.groups.Tuple.tuple("drugId", "unknown"),
                        org.assertj.core.groups.Tuple.tuple("reportedAt", "in-the-future"));
    }
}
