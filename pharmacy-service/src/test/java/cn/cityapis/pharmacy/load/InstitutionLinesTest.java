package cn.cityapis.pharmacy.load;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.load.KnownInstitutions.Chain;
import cn.cityapis.pharmacy.load.KnownInstitutions.Place;
import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.pharmacy.table.Csv;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstitutionLinesTest {

    private static final String HEAD = "code,name,kind,account,chainName,address,areaCode,areaName,phone,insuranceAccepted,lat,lon,coordType,hours,keepsCalendar\n";
    private static final UUID CHAIN = new UUID(1, 1);
    private static final Place STORE = new Place(new UUID(2, 1), "store", "店", CHAIN, null, "路", "371002003", "1",
            true, new Coordinates(37.5, 122.12), WeekHours.parse("08:00-20:00").orElseThrow(), false,
            null);
    private static final Place CLINIC = new Place(new UUID(2, 2), "clinic", "诊所", null, "clinic-1", "路", "371002003",
            "1", true, new Coordinates(37.5, 122.12), WeekHours.parse("1-5 08:00-20:00").orElseThrow(), true,
            LocalDate.of(2026, 12, 31));
    private static final CatalogueState KNOWN = CatalogueState.empty(3)
            .with(new KnownInstitutions(Map.of("S-01", STORE, "C-01", CLINIC),
                    Map.of("chain-1", new Chain(CHAIN, "连锁"), "chain-2", new Chain(new UUID(1, 2), "另一连锁")),
                    Map.of("clinic-1", CLINIC.id()), Set.of("371002003", "371002")));

    private static List<Judged> judge(String lines) {
        return LoadRules.judge(ImportKind.INSTITUTIONS,
                Csv.read((HEAD + lines).getBytes(StandardCharsets.UTF_8), 1000), KNOWN, CityOutline.read(),
                LocalDate.of(2027, 1, 1), UUID::randomUUID);
    }

    private static String verdict(String line) {
        Judged judged = judge(line + "\n").getFirst();
        return (judged.verdict() + " " + String.join(" ", judged.problems().stream()
                .map(problem -> problem.column() + " " + problem.code()).toList())).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "S-01,店,store,chain-1,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | UNCHANGED",
            "S-01,店,store,chain-1,连锁,路,371002003,,1,是,37.500004,122.12,wgs84,1-7 08:00-20:00,否 | UNCHANGED",
            "S-01,店,store,chain-1,,路,371002003,,1,是,37.5001,122.12,wgs84,08:00-20:00, | CORRECTION",
            "S-01,店,store,chain-1,,路,371002003,,1,是,37.5,122.12,gcj02,08:00-20:00, | CORRECTION",
            "S-01,店,store,chain-1,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-21:00, | CORRECTION",
            "S-01,店,store,chain-2,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account differs",
            "S-01,店,clinic,,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account differs",
            "C-01,诊所,clinic,,,路,371002003,,1,是,37.5,122.12,wgs84,1-5 08:00-20:00, | UNCHANGED",
            "C-01,诊所,clinic,clinic-9,,路,371002003,,1,是,37.5,122.12,wgs84,1-5 08:00-20:00, | CORRECTION",
            "C-01,诊所,public_hospital,,,路,371002003,,1,是,37.5,122.12,wgs84,1-5 08:00-20:00, | CORRECTION",
            "C-02,诊所,clinic,clinic-1,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account taken",
            "C-02,诊所,clinic,chain-1,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account taken",
            "S-02,店,store,clinic-1,新连锁,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account taken",
            "C-02,诊所,clinic,,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | NEW",
            "S-02,店,store,,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD account missing",
            "S-02,店,store,chain-3,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD chainName missing",
            "S-02,店,store,chain-1,别的,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD chainName differs",
            "S-02,店,shop,chain-1,,路,371002003,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD kind invalid-value",
            "S-02,店,store,chain-1,,路,371082,,1,是,37.5,122.12,wgs84,08:00-20:00, | BAD areaName missing",
            "S-02,店,store,chain-1,,路,371082,荣成市,1,是,37.5,122.12,wgs84,08:00-20:00, | NEW",
            "S-02,店,store,chain-1,,路,371002003,,1,yes,37.5,122.12,wgs84,08:00-20:00, | BAD insuranceAccepted wrong-type",
            "S-02,店,store,chain-1,,路,371002003,,1,是,37.5,122.12,wgs84,20:00-08:00, | BAD hours wrong-type"})
    void judgesInstitutions(String line, String expected) {
        assertThat(verdict(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"S-01,店,store,chain-1,,| UNCHANGED",
            "S-01,店,store,chain-1,,2027-03-01 | CORRECTION",
            "S-01,店,store,chain-1,,无 | UNCHANGED", "S-01,店,store,chain-1,,下月 | BAD closedOn wrong-type",
            "C-01,诊所,clinic,,,| UNCHANGED", "C-01,诊所,clinic,,,2026-12-31 | UNCHANGED",
            "C-01,诊所,clinic,,,2027-01-01 | CORRECTION", "C-01,诊所,clinic,,,无 | CORRECTION"})
    void aPlaceClosesAndOpensAgainByWordOnly(String line, String expected) {
        String[] parts = line.split(",", -1);
        String hours = parts[0].equals("C-01") ? "1-5 08:00-20:00" : "08:00-20:00";
        Judged judged = LoadRules.judge(ImportKind.INSTITUTIONS,
                Csv.read((HEAD.strip() + ",closedOn\n" + String.join(",", List.of(parts).subList(0, 5))
                        + ",路,371002003,,1,是,37.5,122.12,wgs84," + hours + ",," + parts[5] + "\n")
                        .getBytes(StandardCharsets.UTF_8), 10),
                KNOWN, CityOutline.read(), LocalDate.of(2027, 1, 1), UUID::randomUUID).getFirst();
        assertThat((judged.verdict() + " " + String.join(" ", judged.problems().stream()
                .map(problem -> problem.column() + " " + problem.code()).toList())).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"37.5,122.12,wgs84 | NEW", "37.5,122.12,gcj02 | NEW",
            "122.12,37.5,wgs84 | BAD lat coordinates-swapped", "95,122.12,wgs84 | BAD lat out-of-range",
            "37.5,190,wgs84 | BAD lon out-of-range", "37.5,122.12, | BAD coordType missing",
            "37.5,122.12,utm | BAD coordType invalid-value", ",122.12,wgs84 | BAD lat missing",
            "x,122.12,wgs84 | BAD lat wrong-type", "37.54,121.39,wgs84 | QUESTIONED lat outside-the-city",
            "36.07,120.38,wgs84 | QUESTIONED lat outside-the-city", "0,0,wgs84 | QUESTIONED lat outside-the-city"})
    void asksAboutAPositionThatIsOddAndRefusesOneThatIsNone(String position, String expected) {
        assertThat(verdict("S-02,店,store,chain-1,,路,371002003,,1,是," + position + ",08:00-20:00,"))
                .isEqualTo(expected);
    }

    /** The first good line says what a new head office and a new area are called; the others may leave it out. */
    @Test
    void aHeadOfficeAndAnAreaBeginWithTheFirstLineThatNamesThem() {
        List<Judged> lines = judge("""
                S-11,店,store,chain-9,新连锁,路,371083,乳山市,1,是,37.5,121.39,wgs84,08:00-20:00,
                S-12,店,store,chain-9,,路,371083,,1,是,37.5,122.12,wgs84,08:00-20:00,
                S-13,店,store,chain-9,另名,路,371083,,1,是,37.5,122.12,wgs84,08:00-20:00,
                C-11,诊所,clinic,clinic-7,,路,371083,,1,是,37.5,122.12,wgs84,08:00-20:00,
                C-12,诊所,clinic,clinic-7,,路,371083,,1,是,37.5,122.12,wgs84,08:00-20:00,
                C-11,诊所,clinic,,,路,371083,,1,是,37.5,122.12,wgs84,08:00-20:00,
                """);
        assertThat(lines).extracting(Judged::verdict).containsExactly(Verdict.QUESTIONED, Verdict.NEW, Verdict.BAD,
                Verdict.NEW, Verdict.BAD, Verdict.BAD);
        assertThat(lines.get(1).content()).containsEntry("chain_name", "新连锁").containsEntry("area_name", "乳山市")
                .containsEntry("chain_id", lines.getFirst().content().get("chain_id"));
        assertThat(lines.stream().flatMap(line -> line.problems().stream()).map(BadLine::code))
                .containsExactly("outside-the-city", "differs", "taken", "duplicate");
    }

    @Test
    void allThatIsWrongWithALineIsToldAtOnce() {
        assertThat(judge(",,,,,,x,,,,,,,,x\n").getFirst().problems()).extracting(BadLine::column)
                .containsExactlyInAnyOrder("code", "kind", "coordType", "lat", "lon", "name", "address", "areaCode",
                        "phone", "insuranceAccepted", "hours", "keepsCalendar");
    }

    @Test
    void anAccountThatIsLeftOutStaysAndIsNotLost() {
        assertThat(judge("C-01,新名,clinic,,,路,371002003,,1,是,37.5,122.12,wgs84,1-5 08:00-20:00,\n").getFirst()
                .content()).containsEntry("org", "clinic-1").containsEntry("keeps_calendar", true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"08:00-20:00 | 7", "1-5 08:00-12:00,13:00-24:00；6 08:00-12:00 | 11",
            "3 08:00-12:00;3 12:00-20:00 | 2", "1-5 08:00-12:00,11:59-13:00 | -1", "5-1 08:00-12:00 | -1",
            "8 08:00-12:00 | -1", "08:00-25:00 | -1", "8:00-20:00 | -1", "08:00-08:00 | -1", "08:00-20:00; | -1"})
    void readsAWeekInOneCell(String text, int stretches) {
        assertThat(WeekHours.parse(text).map(List::size).orElse(-1)).isEqualTo(stretches);
    }
}
