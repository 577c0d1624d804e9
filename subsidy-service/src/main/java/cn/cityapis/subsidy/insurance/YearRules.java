package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * 第五条: the years subsidised decide the step, and there are four at most. The insurer says how many there were; what was
 * approved here says whether that can be. Only years without a round here, before this service was used, are his to know.
 */
final class YearRules {

    private YearRules() {
    }

    /** A person within a scheme. */
    record Insured(String scheme, String idNumber) {

        @Override
        public String toString() {
            return "Insured[" + scheme + "]";
        }
    }

    /** What a row of the table says. */
    record Claim(int line, Insured insured, int yearsSubsidised) {
    }

    /**
     * @param year of the round
     * @param approved in other years, by person and scheme
     * @param unknownYears how many earlier years in which the measures were in force have no round here
     */
    static List<Violation> wrong(int year, List<Claim> claims, Map<Insured, Set<Integer>> approved, int unknownYears) {
        List<Violation> wrong = new ArrayList<>();
        for (Claim claim : claims) {
            TreeSet<Integer> years = new TreeSet<>(approved.getOrDefault(claim.insured(), Set.of()));
            Set<Integer> before = years.headSet(year);
            Set<Integer> after = years.tailSet(year, false);
            String at = "/rows/" + claim.line() + "/yearsSubsidised";
            if (!after.isEmpty()) {
                wrong.add(new Violation(at, "later-year",
                        "该人员 " + text(after) + " 年度的补贴已按此前年数批准，不能再批准更早的年度（第五条）"));
            } else if (claim.yearsSubsidised() < before.size()
                    || claim.yearsSubsidised() > before.size() + unknownYears) {
                wrong.add(new Violation(at, "differs", "申报已享受 " + claim.yearsSubsidised() + " 年，补贴记录为 "
                        + before.size() + " 年" + (before.isEmpty() ? "" : "（" + text(before) + "）")
                        + (unknownYears == 0 ? "" : "，另有 " + unknownYears + " 个年度无记录") + "（第五条）"));
            }
        }
        return wrong;
    }

    private static String text(Set<Integer> years) {
        return years.stream().map(String::valueOf).collect(Collectors.joining("、"));
    }
}
