package cn.cityapis.policy.entitlement;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the organs that a text makes responsible: (责任单位：甲、乙), (甲、乙负责), 由甲负责. */
final class ResponsibleOrgans {

    /** Bounded, so that a bracket which is never closed costs little. */
    private static final String INSIDE = "(?:[^()]{1,400}+|\\([^()]{0,100}+\\)){0,40}+";
    private static final Pattern BRACKET = Pattern.compile("\\((" + INSIDE + ")\\)");
    private static final Pattern ROLE = Pattern
            .compile("(牵头|责任|配合)(?:单位|部门):((?:[^();。]{1,400}+|\\([^()]{0,100}+\\)){1,40}+)");
    private static final Pattern DUTY = Pattern
            .compile("\\G[,;]?((?:[^()负配;]|\\([^()]{0,100}+\\)){2,200}?)(负责|配合)(?=[,;]|$)");
    private static final Pattern IN_CHARGE = Pattern.compile("(?<=由)([^(),;。\\n由]{3,60}?)负责(?=[,;。)]|解释)");
    private static final Pattern NAME = Pattern.compile("(?:[^、,()和]|和(?!各|市)|\\([^()]{0,100}+\\))+");

    enum Role {
        LEAD, RESPONSIBLE, SUPPORT;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(description = "责任单位")
    record Organ(@Schema(description = "位置") Span span, @Schema(description = "名称", example = "市科技局") String name,
            @Schema(description = "lead 牵头；responsible 责任；support 配合", example = "responsible") Role role) {
    }

    private ResponsibleOrgans() {
    }

    static List<Organ> find(String text) {
        String folded = Sentence.fold(text);
        List<Organ> found = new ArrayList<>();
        Matcher bracket = BRACKET.matcher(folded);
        while (bracket.find()) {
            bracket(text, folded, bracket.start(1), bracket.end(1), found);
        }
        Matcher charge = IN_CHARGE.matcher(folded);
        while (charge.find()) {
            names(text, folded, charge.start(1), charge.end(1), Role.RESPONSIBLE, found);
        }
        return found;
    }

    /** Either labelled (责任单位：甲) or said of somebody (甲负责，乙配合). */
    private static void bracket(String text, String folded, int start, int end, List<Organ> found) {
        int before = found.size();
        Matcher role = ROLE.matcher(folded).region(start, end);
        while (role.find()) {
            names(text, folded, role.start(2), role.end(2), role(role.group(1)), found);
        }
        Matcher duty = DUTY.matcher(folded).region(start, end);
        boolean labelled = found.size() > before;
        while (!labelled && duty.find()) {
            names(text, folded, duty.start(1), duty.end(1), role(duty.group(2)), found);
        }
    }

    private static void names(String text, String folded, int start, int end, Role role, List<Organ> found) {
        Matcher name = NAME.matcher(folded).region(start, end);
        while (name.find()) {
            String trimmed = text.substring(name.start(), name.end()).replaceAll("(?:等?按照?职责分工)?(?:负责)?$", "")
                    .stripTrailing();
            if (trimmed.length() > 2) {
                found.add(new Organ(new Span(name.start(), name.start() + trimmed.length()), trimmed, role));
            }
        }
    }

    private static Role role(String word) {
        return switch (word) {
            case "牵头" -> Role.LEAD;
            case "配合" -> Role.SUPPORT;
            default -> Role.RESPONSIBLE;
        };
    }
}
