package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.Violations;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of the round: 威金监发〔2023〕25号 第九条 (the lead insurer), 第十条 (when), 第十一条 (who after whom). */
final class FilingRules {

    /** In which the lead insurer may change papers and table; what was rejected may be filed anew. */
    static final Set<State> OPEN = Collections
            .unmodifiableSet(EnumSet.of(State.DRAFT, State.RETURNED, State.REJECTED));

    private FilingRules() {
    }

    /** Figures of the law that hold on a day. */
    record Figures(LocalDate until, int firstMonth, int filingWorkingDays, int preliminaryWorkingDays,
            int leastLeadPercent) {
    }

    /** Where a filing stands. */
    enum State {
        DRAFT("准备中"),
        FILED("已申报"),
        RETURNED("材料退回补正"),
        DISTRICT_REVIEW("区市初审中"),
        CITY_REVIEW("市级复审中"),
        APPROVED("已批准，待市级拨付"),
        TRANSFERRED("市级资金已拨付区市"),
        PAYING("已登记拨付，待复核"),
        PAID("已拨付承保机构"),
        REJECTED("未通过");

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    enum Step {
        FILE,
        RETURN_PAPERS,
        PAPERS_IN_ORDER,
        DISTRICT_PASS,
        CITY_PASS,
        REJECT,
        TRANSFER,
        PAY,
        /** Another confirms that it was paid. */
        CONFIRM_PAYMENT,
        /** Another finds that it was not. */
        REFUSE_PAYMENT,
        /** The bank sends it back (退汇). */
        COME_BACK
    }

    /** @return empty if the step is not possible in this state */
    static Optional<State> after(State state, Step step) {
        return switch (step) {
            case FILE -> from(state, OPEN, State.FILED);
            case RETURN_PAPERS -> from(state, EnumSet.of(State.FILED, State.DISTRICT_REVIEW, State.CITY_REVIEW),
                    State.RETURNED);
            case PAPERS_IN_ORDER -> from(state, EnumSet.of(State.FILED), State.DISTRICT_REVIEW);
            case DISTRICT_PASS -> from(state, EnumSet.of(State.DISTRICT_REVIEW), State.CITY_REVIEW);
            case CITY_PASS -> from(state, EnumSet.of(State.CITY_REVIEW), State.APPROVED);
            case REJECT -> from(state, EnumSet.of(State.DISTRICT_REVIEW, State.CITY_REVIEW), State.REJECTED);
            case TRANSFER -> from(state, EnumSet.of(State.APPROVED), State.TRANSFERRED);
            case PAY -> from(state, EnumSet.of(State.TRANSFERRED), State.PAYING);
            case CONFIRM_PAYMENT -> from(state, EnumSet.of(State.PAYING), State.PAID);
            case REFUSE_PAYMENT -> from(state, EnumSet.of(State.PAYING), State.TRANSFERRED);
            case COME_BACK -> from(state, EnumSet.of(State.PAID), State.TRANSFERRED);
        };
    }

    private static Optional<State> from(State state, Set<State> possible, State next) {
        return possible.contains(state) ? Optional.of(next) : Optional.empty();
    }

    /**
     * 第十一条 (会同): what the two offices of a level say together. One alone decides nothing; where they differ, the papers
     * go back.
     *
     * @param other what the other office of the level has said; null: nothing yet
     * @return empty as long as the other is awaited
     */
    static Optional<Step> together(State state, boolean passed, @Nullable Boolean other) {
        if (other == null) {
            return Optional.empty();
        }
        if (passed != other) {
            return Optional.of(Step.RETURN_PAPERS);
        }
        Step pass = state == State.DISTRICT_REVIEW ? Step.DISTRICT_PASS : Step.CITY_PASS;
        return Optional.of(passed ? pass : Step.REJECT);
    }

    /** 第九条: the lead insurer bears at least half. 第十条: within the second half of the year of the round. */
    static Violations round(Figures figures, int year, LocalDate opens, LocalDate closes, int leadPercent) {
        Violations wrong = new Violations();
        LocalDate first = LocalDate.of(year, figures.firstMonth(), 1);
        LocalDate last = LocalDate.of(year, 12, 31);
        if (opens.isBefore(first) || opens.isAfter(last)) {
            wrong.add("/opens", "out-of-range", "集中投保应在 " + first + " 至 " + last + " 之间（第十条）");
        }
        if (closes.isBefore(opens) || closes.isAfter(last)) {
            wrong.add("/closes", "out-of-range", "结束日应在开始日之后、不晚于 " + last + "（第十条）");
        }
        if (closes.isAfter(figures.until())) {
            wrong.add("/closes", "out-of-range", "办法有效期至 " + figures.until() + "（第十五条）");
        }
        if (leadPercent < figures.leastLeadPercent()) {
            wrong.add("/leadPercent", "out-of-range", "主承保机构承保比例不低于 " + figures.leastLeadPercent() + "%（第九条）");
        }
        return wrong;
    }
}
