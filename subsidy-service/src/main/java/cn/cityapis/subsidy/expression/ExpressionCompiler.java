package cn.cityapis.subsidy.expression;

import cn.cityapis.platform.time.WorkingCalendar;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles CEL over a fixed set of typed variables. No macros, hence no loops; a divisor must be a constant other than
 * zero; size and depth are bounded. What compiles ends.
 */
public final class ExpressionCompiler {

    private static final int LONGEST = 2_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(32)
            .enableUnknownTracking(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Cel cel;
    private final List<String> variables;
    private final WorkingDays workingDays;

    public ExpressionCompiler(Map<String, ValueType> variables, WorkingCalendar calendar) {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(OPTIONS)
                .addFunctionDeclarations(DateFunctions.DECLARATIONS)
                .addFunctionBindings(DateFunctions.BINDINGS);
        variables.forEach((name, type) -> builder.addVar(name, type.cel()));
        cel = builder.build();
        this.variables = variables.keySet().stream().sorted().toList();
        this.workingDays = new WorkingDays(calendar);
    }

    /** The variables, in the order of the slots in which its expressions look for their values. */
    public List<String> variables() {
        return variables;
    }

    /** @throws ExpressionException if it does not compile to a yes or no; the message says why */
    public Expression condition(String source) {
        return compile(source, SimpleType.BOOL);
    }

    /** @throws ExpressionException if it does not compile to a whole number; the message says why */
    public Expression number(String source) {
        return compile(source, SimpleType.INT);
    }

    private Expression compile(String source, CelType result) {
        try {
            CelAbstractSyntaxTree tree = cel.compile(source).getAst();
            if (!tree.getResultType().equals(result)) {
                throw new ExpressionException(
                        "表达式 “" + source + "” 的结果是 " + tree.getResultType().name() + "，应为 " + result.name());
            }
            Shape shape = new Shape(source);
            shape.visit(tree.getExpr());
            Node node = NodeCompiler.compile(tree, variables, workingDays).orElse(null);
            if (node == null && shape.countsWorkingDays) {
                throw new ExpressionException("表达式 “" + source + "” 的其他写法不能与工作日函数同用");
            }
            return new Expression(source, variables,
                    new Expression.Shape(shape.names, shape.texts, shape.countsWorkingDays),
                    shape.countsWorkingDays ? null : cel.createProgram(tree), node);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionException("表达式 “" + source + "” 无法编译：" + e.getMessage(), e);
        }
    }

    /** What an expression mentions, found by walking its tree. */
    private static final class Shape {

        private final String source;
        private final Set<String> names = new HashSet<>();
        private final Set<String> texts = new HashSet<>();
        private boolean countsWorkingDays;

        Shape(String source) {
            this.source = source;
        }

        void visit(CelExpr node) {
            switch (node.getKind()) {
                case IDENT -> names.add(node.ident().name());
                case CONSTANT -> constant(node.constant());
                case CALL -> call(node.call());
                case LIST -> node.list().elements().forEach(this::visit);
                case NOT_SET, SELECT, STRUCT, MAP, COMPREHENSION ->
                    throw new ExpressionException("表达式 “" + source + "” 用到不允许的写法：" + node.getKind());
            }
        }

        private void constant(CelConstant constant) {
            if (constant.getKind() == CelConstant.Kind.STRING_VALUE && !isDate(constant.stringValue())) {
                texts.add(constant.stringValue());
            }
        }

        private void call(CelExpr.CelCall call) {
            if (List.of("_/_", "_%_").contains(call.function()) && !isNonZeroConstant(call.args().get(1))) {
                throw new ExpressionException("表达式 “" + source + "” 的除数可能为零");
            }
            countsWorkingDays |= WorkingDays.FUNCTIONS.contains(call.function());
            call.target().ifPresent(this::visit);
            call.args().forEach(this::visit);
        }

        private static boolean isNonZeroConstant(CelExpr node) {
            return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                    && node.constant().getKind() == CelConstant.Kind.INT64_VALUE && node.constant().int64Value() != 0;
        }

        private static boolean isDate(String text) {
            try {
                LocalDate.parse(text);
                return true;
            } catch (DateTimeParseException e) {
                return false;
            }
        }
    }
}
