package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.load.CatalogueState.AwardKey;
import cn.cityapis.pharmacy.load.CatalogueState.KnownAward;
import cn.cityapis.pharmacy.load.CatalogueState.KnownDrug;
import cn.cityapis.pharmacy.load.CatalogueState.KnownPrice;
import cn.cityapis.pharmacy.load.CatalogueState.PriceKey;
import cn.cityapis.pharmacy.table.Csv;
import cn.cityapis.pharmacy.table.TableException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadRulesTest {

    private static final UUID DRUG = new UUID(1, 1);
    private static final UUID BUYER = new UUID(2, 1);
    private static final UUID CYCLE = new UUID(3, 1);
    private static final LocalDate DAY = LocalDate.of(2027, 1, 1);

    /** A medicine of which no price is known. */
    private static KnownDrug unpriced(int number) {
        return new KnownDrug(new UUID(1, number), ProductKind.MEDICINE, "二甲双胍片", "片剂", BigDecimal.ONE, "g", 20, "片",
                "盒", "厂",
                "国药准字H2020000" + number);
    }

    private static final CatalogueState KNOWN = new CatalogueState(3,
            Map.of("CX01",
                    new KnownDrug(new UUID(2, 1), ProductKind.CONSUMABLE, "针头", "注射类", new BigDecimal("1.0000"),
                            "5mm", 7, "支", "盒", "厂", "国械注准20993140001"),
                    "XA01",
                    new KnownDrug(DRUG, ProductKind.MEDICINE, "阿卡波糖片", "片剂", new BigDecimal("50.0000"), "mg", 30, "片",
                            "盒", "厂",
                            "国药准字H20200001"),
                    "XC03", unpriced(3), "XC04", unpriced(4), "XC05", unpriced(5)),
            Map.of(new AwardKey(DRUG, "第一批", "371000"), new KnownAward(DAY, DAY.plusYears(1), 735L, "文")),
            Map.of(new PriceKey(DRUG, "procured", "371000", DAY), new KnownPrice(735, "文")),
            Map.of(new PriceKey(DRUG, "procured", "371000", null), 735L),
            new KnownVolumes(Map.of("chain-1", BUYER),
                    Map.of("2027年", new KnownVolumes.Cycle(CYCLE, DAY, DAY.plusYears(1))),
                    Map.of(new KnownVolumes.Key(CYCLE, BUYER, DRUG), new KnownVolumes.Agreed("brand", 1200)),
                    Map.of(DRUG, new KnownVolumes.Substance("阿卡波糖片", "片剂", new BigDecimal("50.0000"), "mg"))),
            KnownInstitutions.NONE, Map.of(), KnownParticipations.NONE);
    private static final String DRUGS = "insuranceCode,genericName,form,strengthValue,strengthUnit,packUnits,unitName,packName,maker,approvalNo,source\n";
    private static final String CONSUMABLES = "insuranceCode,kind,genericName,category,model,packUnits,unitName,packName,maker,registrationNo,source\n";
    private static final String PIECES = "insuranceCode,genericName,grade,packUnits,unitName,packName,maker,standard,source\n";
    private static final String AWARDS = "insuranceCode,batch,supplyArea,validFrom,validTo,priceFen,source\n";
    private static final String PRICES = "insuranceCode,kind,area,priceFen,inForceFrom,source\n";

    private static final String VOLUMES = "cycle,validFrom,validTo,buyer,insuranceCode,matchedBy,packs\n";

    private static List<Judged> judge(ImportKind kind, String text) {
        return LoadRules.judge(kind, Csv.read(text.getBytes(StandardCharsets.UTF_8), 1000), KNOWN,
                CityOutline.read(), DAY, UUID::randomUUID);
    }

    private static String verdict(ImportKind kind, String head, String line) {
        Judged judged = judge(kind, head + line + "\n").getFirst();
        return judged.verdict() + (judged.problems().isEmpty()
                ? ""
                : " " + judged.problems().getFirst().column() + " "
                        + judged.problems().getFirst().code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "XB02,二甲双胍片,片剂,0.5,g,20,片,盒,厂,国药准字H20200002,文 | NEW",
            "XA01,阿卡波糖片,片剂,50,mg,30,片,盒,厂,国药准字H20200001,另一文 | UNCHANGED",
            "XA01,阿卡波糖片,片剂,50,mg,30,片,盒,新厂,国药准字H20200009,文 | CORRECTION",
            "XA01,阿卡波糖片,片剂,50,mg,30,片,瓶,厂,国药准字H20200001,文 | CORRECTION",
            "XA01,阿卡波糖片,片剂,50,mg,45,片,盒,厂,国药准字H20200001,文 | QUESTIONED insuranceCode differs",
            "XA01,阿卡波糖片,片剂,100,mg,30,片,盒,厂,国药准字H20200001,文 | QUESTIONED insuranceCode differs",
            "XA01,阿卡波糖胶囊,胶囊,50,mg,30,粒,盒,厂,国药准字H20200001,文 | QUESTIONED insuranceCode differs",
            "XA01,阿卡波糖片,片剂,50,mg,30,片,盒,新厂,H20200009,文 | BAD approvalNo wrong-type",
            "XB02,二甲双胍片,片剂,0.5,g,0,片,盒,厂,国药准字H20200002,文 | BAD packUnits out-of-range",
            "XB02,二甲双胍片,片剂,0,g,20,片,盒,厂,国药准字H20200002,文 | BAD strengthValue out-of-range",
            "XB02,二甲双胍片,片剂,0.5,g,20,片,盒,厂,H20200002,文 | BAD approvalNo wrong-type",
            "XB02,，。,片剂,0.5,g,20,片,盒,厂,国药准字H20200002,文 | BAD genericName wrong-type",
            "XB02,,片剂,0.5,g,20,片,盒,厂,国药准字H20200002,文 | BAD genericName missing"})
    void judgesMedicines(String line, String expected) {
        assertThat(verdict(ImportKind.DRUGS, DRUGS, line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "CN01,consumable,针头,注射类,0.25mm×5mm,7,支,盒,厂,国械注准20993140001,文 | NEW",
            "CN01,耗材,针头,注射类,0.25mm×5mm,7,支,盒,厂,鲁械注进20993140001,文 | NEW",
            "CN01,耗材,棉签,敷料类,10cm,50,支,袋,厂,鲁威械备20990001,文 | NEW",
            "RN01,试剂,试纸,血糖类,50片装,50,片,盒,厂,鲁威械备20990001号,文 | NEW",
            "RN01,试剂,试纸,血糖类,50片装,50,片,盒,厂,国械备20990001,文 | NEW",
            "RN01,reagent,试纸,血糖类,50片装,50,片,盒,厂,国药准字S20990001,文 | NEW",
            "CX01,耗材,针头,注射类,5mm,7,支,盒,厂,国械注准20993140001,又一文 | UNCHANGED",
            "CX01,耗材,针头,注射类,5mm,7,支,盒,厂,国械注准20993140002,文 | CORRECTION",
            "CX01,耗材,针头,注射类,4mm,7,支,盒,厂,国械注准20993140001,文 | QUESTIONED insuranceCode differs",
            "CX01,试剂,针头,注射类,5mm,7,支,盒,厂,国械注准20993140001,文 | BAD insuranceCode differs",
            "XA01,耗材,阿卡波糖片,片剂,50mg,30,片,盒,厂,国械注准20993140001,文 | BAD insuranceCode differs",
            "CN01,药品,针头,注射类,5mm,7,支,盒,厂,国械注准20993140001,文 | BAD kind invalid-value",
            "CN01,,针头,注射类,5mm,7,支,盒,厂,国械注准20993140001,文 | BAD kind missing",
            "CN01,耗材,针头,注射类,,7,支,盒,厂,国械注准20993140001,文 | BAD model missing",
            "CN01,耗材,针头,注射类,5mm,0,支,盒,厂,国械注准20993140001,文 | BAD packUnits out-of-range",
            "CN01,耗材,针头,注射类,5mm,7,支,盒,厂,国械注准2099314001,文 | BAD registrationNo wrong-type",
            "CN01,耗材,针头,注射类,5mm,7,支,盒,厂,国药准字S20990001,文 | BAD registrationNo wrong-type",
            "RN01,试剂,试纸,血糖类,50片装,50,片,盒,厂,国药准字H20990001,文 | BAD registrationNo wrong-type"})
    void judgesConsumablesAndReagents(String line, String expected) {
        assertThat(verdict(ImportKind.CONSUMABLES, CONSUMABLES, line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DN01,当归,统货,500,克,袋,厂,中国药典2025年版一部,文 | NEW",
            "DN01,酒当归,选货,500,克,袋,厂,山东省中药饮片炮制规范,文 | NEW",
            "DN01,红粉,统货,5,克,瓶,厂,国药准字Z20990001,文 | NEW",
            "XA01,阿卡波糖片,统货,30,片,盒,厂,中国药典2025年版一部,文 | BAD insuranceCode differs",
            "CX01,针头,统货,7,支,盒,厂,中国药典2025年版一部,文 | BAD insuranceCode differs",
            "DN01,当归,,500,克,袋,厂,中国药典2025年版一部,文 | BAD grade missing",
            "DN01,当归,统货,0.5,克,袋,厂,中国药典2025年版一部,文 | BAD packUnits wrong-type",
            "DN01,当归,统货,500,克,袋,厂,,文 | BAD standard missing",
            "DN01,当归,统货,500,克,袋,厂,自产,文 | BAD standard wrong-type",
            "DN01,当归,统货,500,克,袋,厂,国药准字H20990001,文 | BAD standard wrong-type",
            "DN01,当归,统货,500,克,袋,厂,国械注准20993140001,文 | BAD standard wrong-type"})
    void judgesDecoctionPieces(String line, String expected) {
        assertThat(verdict(ImportKind.DECOCTION_PIECES, PIECES, line)).isEqualTo(expected);
    }

    @Test
    void aConsumableIsNoMedicineEvenInAFileOfMedicines() {
        assertThat(verdict(ImportKind.DRUGS, DRUGS, "CX01,针头,注射类,1,支,7,支,盒,厂,国药准字H20990001,文"))
                .isEqualTo("BAD insuranceCode differs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"XA01,第一批,371000,2027-01-01,2028-01-01,735,文 | UNCHANGED",
            "XA01,第一批,371000,2027-01-01,2027-12-31,735,文 | CORRECTION",
            "XA01,第二批,371000,2027-01-01,2028-01-01,,文 | NEW",
            "XA01,第二批,371000,2027-01-01,2028-01-01,735,文 | NEW",
            "XA01,第二批,371000,2027-01-01,2028-01-01,500,文 | QUESTIONED priceFen differs",
            "XA01,第二批,371000,2028-01-02,2029-01-01,500,文 | NEW",
            "XA01,第二批,371000,2028-01-02,2029-01-01,7,文 | QUESTIONED priceFen suspicious-magnitude",
            "XC03,第二批,371000,2028-01-02,2029-01-01,7,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,第一批,370000,46388,2028/01/01,735,文 | NEW",
            "XZ99,第一批,371000,2027-01-01,2028-01-01,735,文 | BAD insuranceCode unknown",
            "XA01,第一批,威海,2027-01-01,2028-01-01,735,文 | BAD supplyArea wrong-type",
            "XA01,第一批,371000,2027-01-01,2026-12-31,735,文 | BAD validTo out-of-range",
            "XA01,第一批,371000,2027-01-01,2027-02-30,735,文 | BAD validTo wrong-type",
            "XA01,第一批,371000,2027-01-01,2028-01-01,7.35,文 | BAD priceFen wrong-type"})
    void judgesAwards(String line, String expected) {
        assertThat(verdict(ImportKind.AWARDS, AWARDS, line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"XA01,procured,371000,735,2027-01-01,文 | UNCHANGED",
            "XA01,procured,371000,730,2027-01-01,文 | CORRECTION", "XA01,procured,371000,730,2028-01-01,文 | NEW",
            "XA01,procured,371000,36,2028-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,procured,371000,37,2028-01-01,文 | NEW", "XA01,procured,371000,14699,2028-01-01,文 | NEW",
            "XA01,procured,371000,14700,2028-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,before,371000,55,2019-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,before,371000,367,2019-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,before,371000,368,2019-01-01,文 | NEW", "XA01,before,371000,36749,2019-01-01,文 | NEW",
            "XA01,before,371000,36750,2019-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,procured,100000,36,2028-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,listed,371000,36,2028-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XA01,listed,371000,37,2028-01-01,文 | NEW",
            "XC03,procured,371000,99,2027-01-01,文 | QUESTIONED priceFen suspicious-magnitude",
            "XC03,procured,371000,100,2027-01-01,文 | NEW",
            "XA01,procured,371000,0,2027-01-01,文 | BAD priceFen out-of-range",
            "XA01,bargain,371000,735,2027-01-01,文 | BAD kind invalid-value"})
    void judgesPrices(String line, String expected) {
        assertThat(verdict(ImportKind.PRICES, PRICES, line)).isEqualTo(expected);
    }

    private static List<Verdict> verdicts(String lines) {
        return judge(ImportKind.PRICES, PRICES + lines).stream().map(Judged::verdict).toList();
    }

    /** A first file in whole yuan: each price is in keeping with the others, and none with what packs cost. */
    @Test
    void aFirstFileInYuanIsAskedAbout() {
        assertThat(verdicts("""
                XC03,procured,371000,7,2027-01-01,文
                XC03,before,371000,55,2019-01-01,文
                XC04,procured,371000,31,2027-01-01,文
                XC05,procured,371000,120,2027-01-01,文
                """)).containsOnly(Verdict.QUESTIONED);
        assertThat(verdicts("""
                XC03,procured,371000,735,2027-01-01,文
                XC04,procured,371000,3100,2027-01-01,文
                XC05,procured,371000,35,2027-01-01,文
                """)).containsOnly(Verdict.NEW);
        assertThat(verdicts("XC03,procured,371000,735,2027-01-01,文\nXC04,procured,371000,19,2027-01-01,文\n"
                + "XC05,procured,371000,20,2027-01-01,文\nXC05,listed,371000,200,2027-01-01,文\n"))
                .containsExactly(Verdict.NEW, Verdict.QUESTIONED, Verdict.NEW, Verdict.NEW);
    }

    @Test
    void pricesOfOneMedicineInDifferentUnitsAreAskedAboutTogether() {
        assertThat(verdicts("XC03,procured,371000,735,2027-01-01,文\nXC03,before,371000,55,2019-01-01,文\n"
                + "XC04,procured,371000,1500,2027-01-01,文\n"))
                .containsExactly(Verdict.QUESTIONED, Verdict.QUESTIONED, Verdict.NEW);
        assertThat(verdicts("XC03,procured,371000,735,2027-01-01,文\nXC03,before,371000,5580,2019-01-01,文\n"))
                .containsOnly(Verdict.NEW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2027年,2027-01-01,2028-01-01,chain-1,XA01,brand,1200 | UNCHANGED",
            "2027年,2027-01-01,2028-01-01,chain-1,XA01,brand,0 | CORRECTION",
            "2027年,2027-01-01,2028-01-01,chain-1,XA01,any_winner,1200 | CORRECTION",
            "2028年,2028-01-02,2028-12-31,chain-1,XA01,brand,1200 | NEW",
            "2027年,2027-01-01,2027-12-31,chain-1,XA01,brand,1200 | BAD cycle differs",
            "2028年,2028-12-31,2028-01-02,chain-1,XA01,brand,1200 | BAD validTo out-of-range",
            "2027年,2027-01-01,2028-01-01,chain-2,XA01,brand,1200 | BAD buyer unknown",
            "2027年,2027-01-01,2028-01-01,chain-1,XZ99,brand,1200 | BAD insuranceCode unknown",
            "2027年,2027-01-01,2028-01-01,chain-1,XA01,maker,1200 | BAD matchedBy invalid-value",
            "2027年,2027-01-01,2028-01-01,chain-1,XA01,brand,-1 | BAD packs wrong-type",
            "2027年,2027-01-01,2028-01-01,chain-1,XA01,brand,10000001 | BAD packs out-of-range"})
    void judgesAgreedVolumes(String line, String expected) {
        assertThat(verdict(ImportKind.VOLUMES, VOLUMES, line)).isEqualTo(expected);
    }

    /** The first good line says when a new cycle begins and ends; all its lines are of one cycle. */
    @Test
    void aNewCycleIsTheSameInAllItsLines() {
        List<Judged> lines = judge(ImportKind.VOLUMES, VOLUMES
                + "2028年,2028-01-03,2028-12-31,nobody,XA01,brand,1\n2028年,2028-01-02,2028-12-31,chain-1,XA01,brand,1\n"
                + "2028年,2028-01-03,2028-12-31,chain-1,XA01,any_winner,1\n2028年,2028-01-02,2028-12-31,chain-1,XA01,brand,2\n");
        assertThat(lines).extracting(Judged::verdict).containsExactly(Verdict.BAD, Verdict.NEW, Verdict.BAD,
                Verdict.BAD);
        assertThat(lines.get(2).problems()).extracting("column", "code").containsExactly(tuple("cycle", "differs"));
        assertThat(lines.get(3).problems()).extracting("code").containsExactly("duplicate");
    }

    @Test
    void allThatIsWrongWithAVolumeIsToldAtOnce() {
        assertThat(judge(ImportKind.VOLUMES, VOLUMES + ",x,y,nobody,?,maker,z\n").getFirst().problems())
                .extracting("column")
                .containsExactlyInAnyOrder("cycle", "validFrom", "validTo", "buyer", "insuranceCode", "matchedBy",
                        "packs");
    }

    @Test
    void aSecondLineOfTheSameIsBadAndAllThatIsWrongWithALineIsTold() {
        String line = "XA01,procured,371000,730,2028-01-01,文\n";
        assertThat(judge(ImportKind.PRICES, PRICES + line + line)).extracting(Judged::verdict)
                .containsExactly(Verdict.NEW, Verdict.BAD);
        Judged bad = judge(ImportKind.PRICES, PRICES + ",x,y,z,t,\n").getFirst();
        assertThat(bad.problems()).hasSize(5).allMatch(p -> p.line() == 2);
        assertThat(bad.content()).isEmpty();
    }

    @Test
    void aFileOfOtherColumnsIsNone() {
        assertThatThrownBy(() -> judge(ImportKind.PRICES, DRUGS + "x\n")).isInstanceOf(TableException.class);
        assertThatThrownBy(() -> judge(ImportKind.PRICES, PRICES)).hasMessageContaining("没有数据行");
        assertThat(judge(ImportKind.PRICES, "医保编码,价格类型,适用地区,价格（分）,生效日,来源\nXA01,procured,371000,735,2027-01-01,文\n")
                .getFirst().verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void aMedicineGetsItsSoundAndASpeltStrength() {
        Map<String, Object> row = judge(ImportKind.DRUGS,
                DRUGS + "XB02,二甲双胍片,片剂,0.50,g,20,片,盒,厂,国药准字H20200002,文\n").getFirst().content();
        assertThat(row).containsEntry("initials", "ejsgp").containsEntry("strength", "0.5g");
    }
}
