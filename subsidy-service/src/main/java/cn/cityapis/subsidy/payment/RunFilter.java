package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what the runs are looked for. */
final class RunFilter {

    private RunFilter() {
    }

    /** @throws ProblemException 400 */
    static PaymentRun.@Nullable State state(@Nullable String code) {
        return code == null
                ? null
                : Arrays.stream(PaymentRun.State.values()).filter(state -> state.code().equals(code)).findFirst()
                        .orElseThrow(() -> wrong("?state", "unknown", "没有名为 " + code + " 的状态"));
    }

    /** @throws ProblemException 400 */
    static @Nullable YearMonth month(@Nullable String text) {
        try {
            return text == null ? null : YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw wrong("?month", "format", "月份应为 yyyy-MM");
        }
    }

    private static ProblemException wrong(String pointer, String code, String detail) {
        return ProblemException.of(CommonProblem.VALIDATION_FAILED, detail,
                List.of(new Violation(pointer, code, detail)));
    }
}
