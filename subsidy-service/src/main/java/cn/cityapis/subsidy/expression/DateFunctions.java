package cn.cityapis.subsidy.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of the expressions beyond CEL's own: {@code day("2018-01-01")}, {@code age(birth, on)} in completed
 * years, {@code plusYears(date, n)}, {@code year(date)}, {@code month(date)}; {@code isWorkingDay(date)},
 * {@code plusWorkingDays(date, n)} and {@code workingDaysBetween(first, last)}, which only closures evaluate. A date is
 * the first instant of its day in UTC, so that dates compare as such.
 */
final class DateFunctions {

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            declare("day", SimpleType.TIMESTAMP, SimpleType.STRING),
            declare("age", SimpleType.INT, SimpleType.TIMESTAMP, SimpleType.TIMESTAMP),
            declare("plusYears", SimpleType.TIMESTAMP, SimpleType.TIMESTAMP, SimpleType.INT),
            declare("year", SimpleType.INT, SimpleType.TIMESTAMP),
            declare("month", SimpleType.INT, SimpleType.TIMESTAMP),
            declare(WorkingDays.IS_WORKING_DAY, SimpleType.BOOL, SimpleType.TIMESTAMP),
            declare(WorkingDays.PLUS, SimpleType.TIMESTAMP, SimpleType.TIMESTAMP, SimpleType.INT),
            declare(WorkingDays.BETWEEN, SimpleType.INT, SimpleType.TIMESTAMP, SimpleType.TIMESTAMP));

    static final List<CelFunctionBinding> BINDINGS = bindings();

    private DateFunctions() {
    }

    static Instant instant(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static CelFunctionDecl declare(String name, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(name,
                CelOverloadDecl.newGlobalOverload(name + "_date", result, List.of(arguments)));
    }

    private static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        all.addAll(CelFunctionBinding.fromOverloads("day",
                CelFunctionBinding.from("day_date", String.class, text -> instant(LocalDate.parse(text)))));
        all.addAll(CelFunctionBinding.fromOverloads("age", CelFunctionBinding.from("age_date", Instant.class,
                Instant.class, (birth, on) -> (long) Period.between(date(birth), date(on)).getYears())));
        all.addAll(
                CelFunctionBinding.fromOverloads("plusYears", CelFunctionBinding.from("plusYears_date", Instant.class,
                        Long.class, (from, years) -> instant(date(from).plusYears(years)))));
        all.addAll(CelFunctionBinding.fromOverloads("year",
                CelFunctionBinding.from("year_date", Instant.class, on -> (long) date(on).getYear())));
        all.addAll(CelFunctionBinding.fromOverloads("month",
                CelFunctionBinding.from("month_date", Instant.class, on -> (long) date(on).getMonthValue())));
        return List.copyOf(all);
    }
}
