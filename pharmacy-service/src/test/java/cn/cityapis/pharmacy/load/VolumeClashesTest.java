package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.load.CatalogueState.KnownDrug;
import cn.cityapis.pharmacy.load.KnownVolumes.Agreed;
import cn.cityapis.pharmacy.load.KnownVolumes.Cycle;
import cn.cityapis.pharmacy.load.KnownVolumes.Key;
import cn.cityapis.pharmacy.load.KnownVolumes.Substance;
import cn.cityapis.pharmacy.table.Csv;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two makers' packs of one medicine (XA01, XA02), and another (XB01). */
class VolumeClashesTest {

    private static final String HEAD = "cycle,validFrom,validTo,buyer,insuranceCode,matchedBy,packs\n";
    private static final String YEAR = "2027年,2027-01-01,2027-12-31,chain-1,";
    private static final Cycle CYCLE = new Cycle(new UUID(3, 1), LocalDate.of(2027, 1, 1), LocalDate.of(2027, 12, 31));
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(1, 2);
    private static final UUID ANOTHER = new UUID(1, 3);
    private static final BigDecimal FIFTY = new BigDecimal("50.0000");

    private static KnownDrug drug(UUID id, String name, String maker) {
        return new KnownDrug(id, ProductKind.MEDICINE, name, "片剂", FIFTY, "mg", 30, "片", "盒", maker, "国药准字H20200001");
    }

    private static List<Judged> judge(String matchedBy, String lines) {
        Substance same = new Substance("阿卡波糖片", "片剂", FIFTY, "mg");
        UUID buyer = new UUID(2, 1);
        KnownVolumes volumes = new KnownVolumes(Map.of("chain-1", buyer, "chain-2", new UUID(2, 2)),
                Map.of("2027年", CYCLE), Map.of(new Key(CYCLE.id(), buyer, FIRST), new Agreed(matchedBy, 1200)),
                Map.of(FIRST, same, SECOND, same, ANOTHER, new Substance("二甲双胍片", "片剂", FIFTY, "mg")));
        CatalogueState known = CatalogueState.empty(1).with(Map.of("XA01", drug(FIRST, "阿卡波糖片", "甲厂"), "XA02",
                drug(SECOND, "阿卡波糖片", "乙厂"), "XB01", drug(ANOTHER, "二甲双胍片", "甲厂"))).with(volumes);
        return LoadRules.judge(ImportKind.VOLUMES, Csv.read((HEAD + lines).getBytes(StandardCharsets.UTF_8), 1000),
                known, CityOutline.read(), LocalDate.of(2027, 1, 1), UUID::randomUUID);
    }

    /** The year's 1,200 packs of XA01 are known, by brand or of any winner. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"brand | 2027年,2027-01-01,2027-12-31,chain-1,XA02,brand,5 | NEW",
            "brand | 2027年,2027-01-01,2027-12-31,chain-1,XA02,any_winner,5 | BAD",
            "any_winner | 2027年,2027-01-01,2027-12-31,chain-1,XA02,brand,5 | BAD",
            "any_winner | 2027年,2027-01-01,2027-12-31,chain-1,XA02,brand,0 | NEW",
            "any_winner | 2027年,2027-01-01,2027-12-31,chain-2,XA02,brand,5 | NEW",
            "any_winner | 2027年,2027-01-01,2027-12-31,chain-1,XB01,any_winner,5 | NEW",
            "any_winner | 2027年,2027-01-01,2027-12-31,chain-1,XA01,any_winner,5 | CORRECTION",
            "brand | 次年,2027-12-31,2028-12-31,chain-1,XA01,brand,5 | BAD",
            "brand | 次年,2028-01-01,2028-12-31,chain-1,XA01,brand,5 | NEW",
            "brand | 前年,2026-01-01,2027-01-01,chain-1,XA01,brand,5 | BAD",
            "brand | 前年,2026-01-01,2026-12-31,chain-1,XA01,any_winner,5 | NEW"})
    void noPackFulfilsTwoLines(String known, String line, Verdict verdict) {
        Judged judged = judge(known, line + "\n").getFirst();
        assertThat(judged.verdict()).as("%s", judged).isEqualTo(verdict);
        if (verdict == Verdict.BAD) {
            assertThat(judged.problems()).extracting("column", "code").containsExactly(
                    org.assertj.core.groups.Tuple.tuple("cycle", "overlaps"));
            assertThat(judged.problems().getFirst().detail()).contains("2027年", "2027-12-31");
        }
    }

    @Test
    void neitherOfTwoInAFileIsTakenAndTheOrderDoesNotMatter() {
        String half = "上半年,2027-01-01,2027-06-30,chain-2,";
        assertThat(judge("brand", half + "XA01,any_winner,5\n" + half + "XA02,any_winner,5\n"))
                .extracting(Judged::verdict).containsExactly(Verdict.BAD, Verdict.BAD);
        String freed = YEAR + "XA01,any_winner,0\n";
        String taken = YEAR + "XA02,any_winner,5\n";
        assertThat(judge("any_winner", freed + taken)).extracting(Judged::verdict)
                .containsExactly(Verdict.CORRECTION, Verdict.NEW);
        assertThat(judge("any_winner", taken + freed)).extracting(Judged::verdict)
                .containsExactly(Verdict.NEW, Verdict.CORRECTION);
    }

    /** The year would be of the brand only, but clashes with the second half: so any winner's stays, also in the first. */
    @Test
    void whatIsRefusedLeavesInPlaceWhatWasThere() {
        assertThat(judge("any_winner", YEAR + "XA01,brand,1200\n下半年,2027-07-01,2027-12-31,chain-1,XA01,brand,5\n"
                + "上半年,2027-01-01,2027-06-30,chain-1,XA02,brand,5\n")).extracting(Judged::verdict)
                .containsExactly(Verdict.BAD, Verdict.BAD, Verdict.BAD);
        assertThat(judge("any_winner", YEAR + "XA01,brand,1200\n上半年,2027-01-01,2027-06-30,chain-1,XA02,brand,5\n"))
                .extracting(Judged::verdict).containsExactly(Verdict.CORRECTION, Verdict.NEW);
    }
}
