package cn.cityapis.eldercare;

import cn.cityapis.eldercare.application.ApplicationForm;
import cn.cityapis.eldercare.application.Category;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;

/** What several tests start from. */
public final class Fixtures {

    public static final RuleOptions OPTIONS = new RuleOptions(60, "3710", 3, 5, 5, 5, 365, 20, true, true, "区市民政部门", 1,
            5,
            1, true, 5, 2, 60, 3, null);
    /** The day on which every test begins that does not say another. */
    public static final LocalDate TODAY = LocalDate.ofInstant(Instant.parse(start()), ZoneId.of("Asia/Shanghai"));

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Fixtures() {
    }

    private static String start() {
        Properties said = new Properties();
        try (InputStream file = Fixtures.class.getResourceAsStream("/config/application.properties")) {
            said.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said.getProperty("DEV_CLOCK_START");
    }

    /** A rule book that follows that of 2023: five articles were put in before the others, and people are older. */
    public static Map<String, Object> book(String number, String from, String to) {
        Map<String, Integer> articles = new LinkedHashMap<>();
        IntStream.rangeClosed(2, 30).filter(article -> article != 29)
                .forEach(article -> articles.put(String.valueOf(article), article + 5));
        Map<String, Object> options = new LinkedHashMap<>(Map.of("minimumAge", 65, "areaPrefix", "3710", "mostHomes", 2,
                "reviewWorkingDays", 10, "objectionWorkingDays", 3, "moveInWorkingDays", 7, "flowDays", 180,
                "leastPlacements", 30, "worseningTogether", false, "riskEventsOverAllKinds", false));
        options.putAll(Map.of("exemptFeePayer", "市民政部门", "resultWorkingDays", 2, "recheckDays", 7, "warnWorkingDays", 2,
                "keepOriginalTime", false, "changeReviewWorkingDays", 3, "appointmentNoticeWorkingDays", 4,
                "assessWithinDays", 90, "mostAppointmentChanges", 1));
        return new LinkedHashMap<>(
                Map.of("number", number, "title", "试验轮候办法", "replaces", "威民发〔2023〕17号", "inForceFrom",
                        from, "inForceTo", to, "decidedOn", "2026-11-20", "basis", "试验", "options", options, "articles",
                        articles));
    }

    /** A valid number in an area that does not exist. */
    public static String idNumber(LocalDate born, int sequence) {
        String body = "379999" + born.format(DateTimeFormatter.BASIC_ISO_DATE) + String.format("%03d", sequence);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    public static String idNumber(int year, int sequence) {
        return idNumber(LocalDate.of(year, 3, 15), sequence);
    }

    public static ApplicationForm form(UUID home, String idNumber, Category... categories) {
        return new ApplicationForm(ApplicationForm.FiledBy.APPLICANT,
                new ApplicationForm.Person("张桂兰", idNumber, "13800000001", "371002", "演示路 1 号"), null, null,
                List.of(categories), List.of(home), List.of());
    }
}
