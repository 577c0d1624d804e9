package cn.cityapis.bench.subsidy;

import java.util.Locale;
import java.util.Random;

/** Made-up people, a line of a batch each; the same seed gives the same people. */
final class People {

    private static final String[] DEGREES = {"doctor", "master", "bachelor", "other"};
    private static final String[] ENGAGEMENTS = {"founded-company", "employed-full-time", "employed-part-time", "none"};
    private static final String[] EMPLOYERS = {"company", "university", "research-institute", "school", "other"};
    private static final String[] LEVELS = {"national", "provincial", "municipal", "none"};
    private static final String[] AWARDS = {"none", "none", "none", "provincial", "national"};

    private final Random random;

    People(long seed) {
        random = new Random(seed);
    }

    private String one(String[] values) {
        return values[random.nextInt(values.length)];
    }

    private String date(int first, int years) {
        return String.format(Locale.ROOT, "%d-%02d-%02d", first + random.nextInt(years), 1 + random.nextInt(12),
                1 + random.nextInt(28));
    }

    /** Facts for every scheme for persons; one in twenty is left out now and then, as in real lists. */
    String person(int number) {
        StringBuilder line = new StringBuilder(700).append("{\"id\":\"p").append(number).append("\",\"facts\":{");
        text(line, "educationLevel", one(DEGREES));
        text(line, "engagement", one(ENGAGEMENTS));
        text(line, "engagementStart", date(2018, 9));
        text(line, "employerKind", one(EMPLOYERS));
        text(line, "birthDate", date(1960, 44));
        flag(line, "fullTimeStudy");
        text(line, "graduationDate", date(2005, 22));
        flag(line, "professionalPost");
        text(line, "highestAward", one(AWARDS));
        text(line, "provincialAwardGrade", random.nextInt(10) == 0 ? "youth" : "none");
        line.append(insurance(Insured.random(random))).append("}}\n");
        return line.toString();
    }

    /** Only what the insurance scheme asks. */
    String insured(int number, Insured insured) {
        return "{\"id\":\"i" + number + "\",\"facts\":{" + insurance(insured).substring(1) + "}}\n";
    }

    Insured insured() {
        return Insured.random(random);
    }

    private static String insurance(Insured it) {
        return ",\"selectionYear\":" + it.getSelectionYear() + ",\"programmeLevel\":\"" + it.getProgrammeLevel()
                + "\",\"onConfirmedList\":" + it.isOnConfirmedList() + ",\"fullTimeInPost\":" + it.isFullTimeInPost()
                + ",\"companyOperating\":" + it.isCompanyOperating() + ",\"companyHasRdConditions\":"
                + it.isCompanyHasRdConditions() + ",\"hasOldTermsYears\":" + it.isHasOldTermsYears()
                + ",\"policyStart\":\"" + it.getPolicyStart() + "\",\"rdPremiumFen\":" + it.getRdPremiumFen()
                + ",\"rdSumInsuredFen\":" + it.getRdSumInsuredFen() + ",\"rdYearsSubsidised\":"
                + it.getRdYearsSubsidised() + ",\"rdYearsSkipped\":" + it.getRdYearsSkipped();
    }

    static String level(Random random) {
        return LEVELS[random.nextInt(LEVELS.length)];
    }

    private void text(StringBuilder line, String name, String value) {
        if (random.nextInt(20) > 0) {
            comma(line).append('"').append(name).append("\":\"").append(value).append('"');
        }
    }

    private void flag(StringBuilder line, String name) {
        comma(line).append('"').append(name).append("\":").append(random.nextBoolean());
    }

    private static StringBuilder comma(StringBuilder line) {
        return line.charAt(line.length() - 1) == '{' ? line : line.append(',');
    }
}
