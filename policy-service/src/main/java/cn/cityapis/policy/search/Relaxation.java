package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.SearchRequest.Filters;

/**
 * What may be given up of a query that finds nothing, the least first. Never the day or the status that was asked for: a dead
 * rule is no near answer to who wants one in force. Pure.
 */
final class Relaxation {

    /** A query with less, and what it has less. */
    record Step(Question question, Filters filters, List<Dropped> dropped) {
    }

    private Relaxation() {
    }

    static List<Step> steps(Question question, Filters filters) {
        List<Step> steps = new ArrayList<>();
        List<Dropped> phrases = question.phrases().stream().map(phrase -> new Dropped("phrase", phrase)).toList();
        List<Dropped> number = question.number().map(found -> new Dropped("number", found.toString())).stream()
                .toList();
        boolean words = !question.pieces().isEmpty();
        if (!phrases.isEmpty()) {
            steps.add(new Step(question.withoutPhrases(), filters, phrases));
        }
        if (!number.isEmpty() && words) {
            steps.add(new Step(question.withoutNumber(), filters, number));
        }
        List<Step> fewerFilters = fewerFilters(question, filters);
        Filters unfiltered = new Filters(filters.validOn(), filters.status(), null, null, null, null, null, null, null);
        steps.addAll(fewerFilters);
        if (!fewerFilters.isEmpty()) {
            List<Dropped> all = fewerFilters.stream().flatMap(step -> step.dropped().stream()).toList();
            steps.add(new Step(question, unfiltered, all));
            if (!phrases.isEmpty()) {
                steps.add(new Step(question.withoutPhrases(), unfiltered, joined(phrases, all)));
            }
            if (!number.isEmpty() && words) {
                steps.add(new Step(question.withoutNumber(), unfiltered, joined(number, all)));
            }
        }
        if (!number.isEmpty() && !phrases.isEmpty()) {
            steps.add(new Step(question.withoutNumber().withoutPhrases(), filters, joined(number, phrases)));
        }
        return steps;
    }

    private static List<Step> fewerFilters(Question question, Filters f) {
        List<Step> steps = new ArrayList<>();
        drop(steps, question, "amountMin", f.amountMin(), new Filters(f.validOn(), f.status(), f.issuer(), f.topic(),
                f.kind(), f.responsible(), f.issuedFrom(), f.issuedTo(), null));
        drop(steps, question, "responsible", f.responsible(), new Filters(f.validOn(), f.status(), f.issuer(),
                f.topic(), f.kind(), null, f.issuedFrom(), f.issuedTo(), f.amountMin()));
        drop(steps, question, "kind", f.kind(), new Filters(f.validOn(), f.status(), f.issuer(), f.topic(), null,
                f.responsible(), f.issuedFrom(), f.issuedTo(), f.amountMin()));
        drop(steps, question, "topic", f.topic(), new Filters(f.validOn(), f.status(), f.issuer(), null, f.kind(),
                f.responsible(), f.issuedFrom(), f.issuedTo(), f.amountMin()));
        drop(steps, question, "issuer", f.issuer(), new Filters(f.validOn(), f.status(), null, f.topic(), f.kind(),
                f.responsible(), f.issuedFrom(), f.issuedTo(), f.amountMin()));
        drop(steps, question, "issuedFrom", f.issuedFrom(), new Filters(f.validOn(), f.status(), f.issuer(), f.topic(),
                f.kind(), f.responsible(), null, f.issuedTo(), f.amountMin()));
        drop(steps, question, "issuedTo", f.issuedTo(), new Filters(f.validOn(), f.status(), f.issuer(), f.topic(),
                f.kind(), f.responsible(), f.issuedFrom(), null, f.amountMin()));
        return steps;
    }

    private static void drop(List<Step> steps, Question question, String name,
            @org.jspecify.annotations.Nullable Object value, Filters without) {
        if (value != null) {
            steps.add(new Step(question, without, List.of(new Dropped(name, value.toString()))));
        }
    }

    private static List<Dropped> joined(List<Dropped> some, List<Dropped> others) {
        List<Dropped> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** In words that can be shown to a citizen. */
    static String wording(List<Dropped> dropped) {
        String what = dropped.stream().map(one -> switch (one.what()) {
            case "word" -> "“" + one.value() + "”（未收录）";
            case "phrase" -> "“" + one.value() + "”须逐字相连的要求";
            case "number" -> "文号" + one.value();
            default -> "条件 " + one.what() + "=" + one.value();
        }).filter(Objects::nonNull).collect(Collectors.joining("、"));
        return "没有完全符合的内容，以下是去掉" + what + "之后最接近的结果。";
    }
}
