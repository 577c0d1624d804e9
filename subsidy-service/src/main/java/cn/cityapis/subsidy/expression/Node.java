package cn.cityapis.subsidy.expression;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a compiled expression. It answers with a Boolean, Long, String or LocalDate, with {@link Unknown} where a
 * variable is missing that matters, or with {@link Fault} where it fails; as in CEL, both travel as values, because a
 * false (or true) beside them may still decide.
 */
interface Node {

    Object of(@Nullable Object[] slots);

    /** @param names the variables without which nothing can be told */
    record Unknown(Set<String> names) {

        static Object merge(@Nullable Object known, Unknown more) {
            if (!(known instanceof Unknown(Set<String> names))) {
                return more;
            }
            Set<String> all = new TreeSet<>(names);
            all.addAll(more.names);
            return new Unknown(all);
        }
    }

    record Fault(String message) {
    }

    /** A function of values; never called with an unknown or a fault. */
    interface One {
        Object apply(Object value);
    }

    /** A function of two values; never called with an unknown or a fault. */
    interface Two {
        Object apply(Object first, Object second);
    }

    static Node strict(Node value, One function) {
        return slots -> {
            Object known = value.of(slots);
            return known instanceof Unknown || known instanceof Fault ? known : guarded(function, known);
        };
    }

    static Node strict(Node first, Node second, Two function) {
        return slots -> {
            Object a = first.of(slots);
            Object b = second.of(slots);
            if (isValue(a) && isValue(b)) {
                return guarded(function, a, b);
            }
            if (a instanceof Fault || b instanceof Fault) {
                return a instanceof Fault ? a : b;
            }
            return b instanceof Unknown more ? Unknown.merge(a, more) : a;
        };
    }

    private static boolean isValue(Object value) {
        return !(value instanceof Unknown) && !(value instanceof Fault);
    }

    private static Object guarded(One function, Object value) {
        try {
            return function.apply(value);
        } catch (ArithmeticException | java.time.DateTimeException e) {
            return new Fault(String.valueOf(e.getMessage()));
        }
    }

    private static Object guarded(Two function, Object a, Object b) {
        try {
            return function.apply(a, b);
        } catch (ArithmeticException | java.time.DateTimeException e) {
            return new Fault(String.valueOf(e.getMessage()));
        }
    }

    /** Kleene's and (decisive: false) or or (decisive: true): the decisive value wins over unknowns and faults. */
    static Node logical(Node first, Node second, Boolean decisive) {
        return slots -> {
            Object a = first.of(slots);
            if (decisive.equals(a)) {
                return a;
            }
            Object b = second.of(slots);
            if (decisive.equals(b)) {
                return b;
            }
            if (a instanceof Unknown || b instanceof Unknown) {
                return !(a instanceof Unknown) ? b : b instanceof Unknown more ? Unknown.merge(a, more) : a;
            }
            return a instanceof Fault ? a : b;
        };
    }

    static Node conditional(Node test, Node then, Node otherwise) {
        return slots -> {
            Object known = test.of(slots);
            return known instanceof Boolean yes ? (yes ? then : otherwise).of(slots) : known;
        };
    }
}
