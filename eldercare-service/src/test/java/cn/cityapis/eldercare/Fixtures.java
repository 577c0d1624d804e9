package cn.cityapis.eldercare;

import cn.cityapis.eldercare.application.ApplicationForm;
import cn.cityapis.eldercare.application.Category;
import cn.cityapis.eldercare.rulebook.RuleOptions;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** What several tests start from. */
public final class Fixtures {

    public static final RuleOptions OPTIONS = new RuleOptions(60, "3710", 3, 5, 5, 5, 365, 20, true, true, "区市民政部门", 1,
            5,
            1, true);
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Fixtures() {
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
