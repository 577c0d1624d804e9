package cn.cityapis.trials.fuzz;

import cn.cityapis.trials.People;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person who exists in the data and nowhere else, and figures that only the fuzzer sends. The first are looked for in
 * answers, logs, metrics and tables, the second in logs and metrics.
 *
 * @param person what of the person, and its value
 * @param sent an identity number and a telephone number
 */
record Canaries(Map<String, String> person, List<String> sent) {

    /** Who decides on the person's applications; the others have no business with him. */
    private static final Set<String> OFFICIALS = Set.of("home-operator", "assessor", "district", "city", "admin");

    /** @param seed so that two runs on the same data plant two people */
    static Canaries of(long seed) {
        int own = Math.floorMod(seed, 900) + 50;
        Map<String, String> person = new LinkedHashMap<>();
        person.put("name", "钽铌" + (char) ('\u4e00' + 3_000 + own));
        person.put("idNumber", People.idNumber("379999", "19410307", own));
        person.put("phone", "1390731%04d".formatted(6_000 + own));
        person.put("address", "钽铌路第" + (7_000 + own) + "号");
        person.put("bankAccount", "622202907316%07d".formatted(own));
        return new Canaries(person, List.of(People.idNumber("379999", "19380914", own),
                "1370731%04d".formatted(6_000 + own)));
    }

    String of(String what) {
        return person.getOrDefault(what, "");
    }

    /** What of the person an answer shows to somebody who may not see it. */
    List<String> in(FuzzRequest request, String text) {
        return OFFICIALS.contains(request.asker().name()) ? List.of() : in(text);
    }

    private List<String> in(String text) {
        return person.entrySet().stream().filter(each -> text.contains(each.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    /** All that no log line and no metric may show. */
    List<String> anywhere(String text) {
        List<String> found = new java.util.ArrayList<>(in(text));
        sent.stream().filter(text::contains).map(figure -> "sent " + figure).forEach(found::add);
        return found;
    }
}
