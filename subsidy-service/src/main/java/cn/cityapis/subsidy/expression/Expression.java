package cn.cityapis.subsidy.expression;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A compiled expression. Safe for use by several threads; it always ends, because it has no loops. */
public final class Expression {

    private final String source;
    private final CelRuntime.Program program;
    private final Map<String, CelAttributePattern> reads;
    private final Set<String> texts;

    Expression(String source, CelRuntime.Program program, Set<String> reads, Set<String> texts) {
        this.source = source;
        this.program = program;
        this.reads = new TreeMap<>(reads.stream()
                .collect(Collectors.toMap(name -> name, CelAttributePattern::fromQualifiedIdentifier)));
        this.texts = Set.copyOf(texts);
    }

    public String source() {
        return source;
    }

    /** The variables it mentions. */
    public Set<String> reads() {
        return reads.keySet();
    }

    /** The text constants it compares with, dates left out. */
    public Set<String> texts() {
        return texts;
    }

    /**
     * @param values what is known: LocalDate, Long, Boolean or String by name
     * @throws ExpressionException if it fails on these values, e.g. beyond the range of a long
     */
    public Answer evaluate(Map<String, ?> values) {
        Map<String, Object> known = new HashMap<>();
        List<CelAttributePattern> unknown = new ArrayList<>();
        reads.forEach((name, pattern) -> {
            Object value = values.get(name);
            if (value == null) {
                unknown.add(pattern);
            } else {
                known.put(name, value instanceof LocalDate date ? DateFunctions.instant(date) : value);
            }
        });
        try {
            Object result = unknown.isEmpty()
                    ? program.eval(known)
                    : program.eval(PartialVars.of(known, unknown.toArray(CelAttributePattern[]::new)));
            return answer(result);
        } catch (CelEvaluationException e) {
            throw new ExpressionException("Cannot evaluate: " + source, e);
        }
    }

    /** A condition's answer. */
    public TriState test(Map<String, ?> values) {
        return switch (evaluate(values)) {
            case Answer.Known(Object value) -> Boolean.TRUE.equals(value) ? TriState.YES : TriState.NO;
            case Answer.Missing missing -> TriState.UNKNOWN;
        };
    }

    private static Answer answer(Object result) {
        if (result instanceof CelUnknownSet unknown) {
            Set<String> names = new TreeSet<>();
            for (CelAttribute attribute : unknown.attributes()) {
                names.add(attribute.toString());
            }
            return new Answer.Missing(names);
        }
        return new Answer.Known(result instanceof Instant instant ? DateFunctions.date(instant) : result);
    }
}
