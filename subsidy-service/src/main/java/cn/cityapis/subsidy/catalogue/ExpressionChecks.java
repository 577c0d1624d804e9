package cn.cityapis.subsidy.catalogue;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.expression.Expression;
import cn.cityapis.subsidy.scheme.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be told of expressions that compile: misspelt codes, facts that nothing asks for. */
final class ExpressionChecks {

    private ExpressionChecks() {
    }

    static List<String> of(CompiledScheme compiled) {
        List<String> reasons = new ArrayList<>();
        Set<String> codes = compiled.scheme().facts().stream().flatMap(fact -> fact.codes().keySet().stream())
                .collect(Collectors.toSet());
        Set<String> read = new HashSet<>();
        List<Expression> all = compiled.expressions().toList();
        for (Expression expression : all) {
            read.addAll(expression.reads());
            expression.texts().stream().filter(text -> !codes.contains(text))
                    .forEach(text -> reasons
                            .add("表达式 “" + expression.source() + "” 用到不存在的代码 " + text));
        }
        compiled.scheme().facts().stream().map(Fact::id).filter(name -> !read.contains(name))
                .forEach(name -> reasons.add("事实 " + name + " 没有任何表达式用到"));
        // a condition may stay open until a year is announced; an amount is known once all is told
        compiled.amountExpressions().filter(Expression::countsWorkingDays)
                .forEach(one -> reasons.add("表达式 “" + one.source() + "”：金额不能用工作日函数计算"));
        return reasons;
    }
}
