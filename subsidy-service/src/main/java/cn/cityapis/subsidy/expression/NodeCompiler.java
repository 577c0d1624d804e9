package cn.cityapis.subsidy.expression;

import cn.cityapis.subsidy.expression.Node.One;
import cn.cityapis.subsidy.expression.Node.Two;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a checked CEL tree into closures over an array of values: the same answers as CEL's interpreter (a test proves it
 * on random expressions and values), many times as fast. What it does not know stays with the interpreter.
 */
final class NodeCompiler {

    private static final Set<CelType> COMPARABLE = Set.of(SimpleType.INT, SimpleType.STRING, SimpleType.TIMESTAMP,
            SimpleType.BOOL);
    private static final Map<String, Two> NUMBERS = Map.of(
            "_+_", (a, b) -> Math.addExact((Long) a, (Long) b),
            "_-_", (a, b) -> Math.subtractExact((Long) a, (Long) b),
            "_*_", (a, b) -> Math.multiplyExact((Long) a, (Long) b),
            "_/_", (a, b) -> Math.divideExact((Long) a, (Long) b),
            "_%_", (a, b) -> (Long) a % (Long) b);
    private static final Map<String, Two> COMPARISONS = Map.of(
            "_==_", Object::equals,
            "_!=_", (a, b) -> !a.equals(b),
            "_<_", (a, b) -> compare(a, b) < 0,
            "_<=_", (a, b) -> compare(a, b) <= 0,
            "_>_", (a, b) -> compare(a, b) > 0,
            "_>=_", (a, b) -> compare(a, b) >= 0);
    private static final Map<String, One> OF_ONE = Map.of(
            "!_", value -> !(Boolean) value,
            "-_", value -> Math.negateExact((Long) value),
            "day", value -> LocalDate.parse((String) value),
            "year", value -> (long) ((LocalDate) value).getYear(),
            "month", value -> (long) ((LocalDate) value).getMonthValue());
    private static final Map<String, Two> OF_TWO = Map.of(
            "age", (birth, on) -> (long) Period.between((LocalDate) birth, (LocalDate) on).getYears(),
            "plusYears", (from, years) -> ((LocalDate) from).plusYears((Long) years));

    /** A tree that only the interpreter can evaluate. */
    private static final class Unsupported extends Exception {

        private static final long serialVersionUID = 1L;

        Unsupported(String what) {
            super(what, null, false, false);
        }
    }

    private final CelAbstractSyntaxTree tree;
    private final List<String> names;
    private final WorkingDays workingDays;

    private NodeCompiler(CelAbstractSyntaxTree tree, List<String> names, WorkingDays workingDays) {
        this.tree = tree;
        this.names = names;
        this.workingDays = workingDays;
    }

    /** @param names the variables, in the order of their slots; empty if the interpreter must do it */
    static Optional<Node> compile(CelAbstractSyntaxTree tree, List<String> names, WorkingDays workingDays) {
        try {
            return Optional.of(new NodeCompiler(tree, names, workingDays).node(tree.getExpr()));
        } catch (Unsupported e) {
            return Optional.empty();
        }
    }

    private Node node(CelExpr expression) throws Unsupported {
        return switch (expression.getKind()) {
            case CONSTANT -> constant(expression.constant());
            case IDENT -> variable(expression.ident().name());
            case CALL -> call(expression.call());
            case NOT_SET, SELECT, LIST, STRUCT, MAP, COMPREHENSION -> throw new Unsupported("" + expression.getKind());
        };
    }

    private static Node constant(CelConstant constant) throws Unsupported {
        Object value = value(constant);
        return slots -> value;
    }

    private static Object value(CelConstant constant) throws Unsupported {
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case STRING_VALUE -> constant.stringValue();
            default -> throw new Unsupported("" + constant.getKind());
        };
    }

    private Node variable(String name) throws Unsupported {
        int slot = names.indexOf(name);
        if (slot < 0) {
            throw new Unsupported(name);
        }
        Node.Unknown unknown = new Node.Unknown(Set.of(name));
        return slots -> {
            Object value = slots[slot];
            return value == null ? unknown : value;
        };
    }

    private Node call(CelExpr.CelCall call) throws Unsupported {
        if (call.target().isPresent()) {
            throw new Unsupported(call.function());
        }
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "_&&_" -> Node.logical(node(arguments.get(0)), node(arguments.get(1)), Boolean.FALSE);
            case "_||_" -> Node.logical(node(arguments.get(0)), node(arguments.get(1)), Boolean.TRUE);
            case "_?_:_" -> Node.conditional(node(arguments.get(0)), node(arguments.get(1)), node(arguments.get(2)));
            case "@in" -> among(arguments.get(0), arguments.get(1));
            case WorkingDays.IS_WORKING_DAY -> Node.strict(node(arguments.get(0)),
                    day -> workingDays.isWorkingDay((LocalDate) day));
            case WorkingDays.PLUS -> Node.strict(node(arguments.get(0)), node(arguments.get(1)),
                    (day, n) -> workingDays.plus((LocalDate) day, (Long) n));
            case WorkingDays.BETWEEN -> Node.strict(node(arguments.get(0)), node(arguments.get(1)),
                    (first, last) -> workingDays.between((LocalDate) first, (LocalDate) last));
            default -> function(call.function(), arguments);
        };
    }

    private Node among(CelExpr value, CelExpr list) throws Unsupported {
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST || !COMPARABLE.contains(type(value))) {
            throw new Unsupported("in");
        }
        Set<Object> values = new HashSet<>();
        for (CelExpr element : list.list().elements()) {
            if (element.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
                throw new Unsupported("in");
            }
            values.add(value(element.constant()));
        }
        return Node.strict(node(value), values::contains);
    }

    private Node function(String name, List<CelExpr> arguments) throws Unsupported {
        if (arguments.size() == 1 && OF_ONE.containsKey(name)) {
            return ofOne(name, arguments.get(0));
        }
        if (arguments.size() == 2) {
            CelType first = type(arguments.get(0));
            boolean same = first.equals(type(arguments.get(1)));
            Two function = OF_TWO.containsKey(name)
                    ? OF_TWO.get(name)
                    : same && SimpleType.INT.equals(first) && NUMBERS.containsKey(name)
                            ? NUMBERS.get(name)
                            : same && COMPARABLE.contains(first) ? COMPARISONS.get(name) : null;
            if (function != null) {
                return Node.strict(node(arguments.get(0)), node(arguments.get(1)), function);
            }
        }
        throw new Unsupported(name);
    }

    private Node ofOne(String name, CelExpr argument) throws Unsupported {
        One function = OF_ONE.get(name);
        if (function == null || "-_".equals(name) && !SimpleType.INT.equals(type(argument))) {
            throw new Unsupported(name);
        }
        Node compiled = Node.strict(node(argument), function);
        if (!"day".equals(name) || argument.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return compiled;
        }
        Object folded = compiled.of(new Object[0]);
        return slots -> folded;
    }

    private CelType type(CelExpr expression) {
        return tree.getType(expression.id()).orElse(SimpleType.DYN);
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        return a instanceof LocalDate date ? date.compareTo((LocalDate) b) : ((Comparable<Object>) a).compareTo(b);
    }
}
