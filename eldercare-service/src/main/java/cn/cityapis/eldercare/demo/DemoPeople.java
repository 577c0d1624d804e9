package cn.cityapis.eldercare.demo;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.application.ApplicationForm;
import cn.cityapis.eldercare.application.Category;
import cn.cityapis.eldercare.waitlist.BedKind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invented applicants; their area code 379999 does not exist, so no number can be a real person's. */
final class DemoPeople {

    private static final String SURNAMES = "王张李刘于孙宋姜丛毕曲邹隋赵林徐陈杨周吴";
    private static final String GIVEN = "桂兰淑英秀珍玉芝凤芹德福永祥建国志强文明兴华";
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private final Random random = new Random(20230718);
    private int sequence;

    record DemoPerson(ApplicationForm form, AbilityLevel level) {
    }

    DemoPerson next(UUID home, boolean special, LocalDate today) {
        List<Category> categories = categories(special);
        AbilityLevel level = level(special);
        String name = pick(SURNAMES) + pick(GIVEN) + pick(GIVEN);
        ApplicationForm.Person person = new ApplicationForm.Person(name, idNumber(today),
                "139" + String.format("%08d", sequence), "371002", "演示地址 " + sequence + " 号");
        return new DemoPerson(new ApplicationForm(ApplicationForm.FiledBy.APPLICANT, person, null, null, categories,
                List.of(home), kinds(level)), level);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Nobody of the demo's living queue is in the special channel: they are placed at once. */
    private List<Category> categories(boolean special) {
        if (special) {
            return List.of(Category.LOW_INCOME);
        }
        return switch (random.nextInt(12)) {
            case 0 -> List.of(Category.VETERAN);
            case 1 -> List.of(Category.FAMILY_PLANNING_HARDSHIP);
            default -> List.of();
        };
    }

    private AbilityLevel level(boolean special) {
        int from = special ? 2 : 0;
        return AbilityLevel.values()[from + random.nextInt(5 - from)];
    }

    private static List<BedKind> kinds(AbilityLevel level) {
        return level.atLeast(AbilityLevel.MODERATE) ? List.of(BedKind.NURSING) : List.of(BedKind.GENERAL);
    }

    private String pick(String characters) {
        int at = random.nextInt(characters.length());
        return characters.substring(at, at + 1);
    }

    private String idNumber(LocalDate today) {
        sequence++;
        LocalDate born = today.minusYears(62).minusDays(random.nextInt(30 * 365));
        String body = "379999" + born.format(DateTimeFormatter.BASIC_ISO_DATE) + String.format("%03d", sequence % 500);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    static @Nullable String sexOfRoom(int room) {
        return switch (room % 4) {
            case 0 -> "MALE";
            case 1 -> "FEMALE";
            default -> null;
        };
    }
}
