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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Safe for use by several threads; it always ends, because it has no loops. Values are LocalDate,
 * Long, Boolean or String, each in the slot of its variable, null where it is not known.
 */
public final class Expression {

    private final String source;
    private final List<String> variables;
    private final Set<String> reads;
    private final Set<String> texts;
    private final boolean countsWorkingDays;
    private final CelRuntime.@Nullable Program program;
    private final @Nullable Node node;

    Expression(String source, List<String> variables, Shape shape, CelRuntime.@Nullable Program program,
            @Nullable Node node) {
        this.source = source;
        this.variables = variables;
        this.reads = java.util.Collections.unmodifiableSet(new TreeSet<>(shape.names()));
        this.texts = Set.copyOf(shape.texts());
        this.countsWorkingDays = shape.countsWorkingDays();
        this.program = program;
        this.node = node;
    }

    /** What it mentions: variables, text constants other than dates, and whether functions of working days. */
    record Shape(Set<String> names, Set<String> texts, boolean countsWorkingDays) {
    }

    public String source() {
        return source;
    }

    /** The variables it mentions, in the order of their names. */
    public Set<String> reads() {
        return reads;
    }

    /** The text constants it compares with, dates left out. */
    public Set<String> texts() {
        return texts;
    }

    /** Whether its answer may not be known yet although nothing is missing that could be asked for. */
    public boolean countsWorkingDays() {
        return countsWorkingDays;
    }

    /** Whether it runs as closures; if not, CEL's interpreter does it. */
    boolean isCompiled() {
        return node != null;
    }

    /** @throws ExpressionException if it fails on these values, e.g. beyond the range of a long */
    public Answer evaluate(@Nullable Object[] slots) {
        return node == null ? interpret(slots) : answer(node.of(slots));
    }

    /** As {@link #evaluate(Object[])}, by name. */
    public Answer evaluate(Map<String, ?> values) {
        return evaluate(slots(values));
    }

    /** A condition's answer. */
    public TriState test(@Nullable Object[] slots) {
        return node == null
                ? state(interpret(slots))
                : switch (node.of(slots)) {
                    case Boolean yes -> yes ? TriState.YES : TriState.NO;
                    case Node.Unknown unknown -> TriState.UNKNOWN;
                    case Object other -> state(answer(other));
                };
    }

    private static TriState state(Answer answer) {
        return switch (answer) {
            case Answer.Known(Object value) -> Boolean.TRUE.equals(value) ? TriState.YES : TriState.NO;
            case Answer.Missing missing -> TriState.UNKNOWN;
        };
    }

    /** As {@link #test(Object[])}, by name. */
    public TriState test(Map<String, ?> values) {
        return test(slots(values));
    }

    @Nullable
    Object[] slots(Map<String, ?> values) {
        @Nullable
        Object[] slots = new Object[variables.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = values.get(variables.get(i));
        }
        return slots;
    }

    private Answer answer(Object value) {
        return switch (value) {
            case Node.Unknown(Set<String> names) -> new Answer.Missing(names);
            case Node.Fault(String message) ->
                throw new ExpressionException("Cannot evaluate: " + source + ": " + message);
            default -> new Answer.Known(value);
        };
    }

    /** By CEL itself, which knows no calendar. */
    Answer interpret(@Nullable Object[] slots) {
        CelRuntime.Program program = Objects.requireNonNull(this.program, "Closures alone count working days");
        Map<String, Object> known = new HashMap<>();
        List<CelAttributePattern> unknown = new ArrayList<>();
        for (String name : reads) {
            Object value = slots[variables.indexOf(name)];
            if (value == null) {
                unknown.add(CelAttributePattern.fromQualifiedIdentifier(name));
            } else {
                known.put(name, value instanceof LocalDate date ? DateFunctions.instant(date) : value);
            }
        }
        try {
            return interpreted(unknown.isEmpty()
                    ? program.eval(known)
                    : program.eval(PartialVars.of(known, unknown.toArray(CelAttributePattern[]::new))));
        } catch (CelEvaluationException e) {
            throw new ExpressionException("Cannot evaluate: " + source, e);
        }
    }

    private static Answer interpreted(Object result) {
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
