package cn.cityapis.pharmacy.green;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which step leads where, and how many working days the office has for it. */
final class GreenRules {

    private GreenRules() {
    }

    /** Where an application stands. */
    enum State {
        FILED("已提交，待受理"), RETURNED("已退回补正"), ACCEPTED("已受理，审核中"), REVIEWED("审核通过，待挂网"), LISTED("已挂网"), REFUSED("不予通过");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** Whether it is the office's turn. */
        boolean awaitsOffice() {
            return this == FILED || this == ACCEPTED || this == REVIEWED;
        }
    }

    /** What the office decides. */
    enum Decision {
        ACCEPT, RETURN, APPROVE, LIST, REFUSE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Decision of(String code) {
            return Arrays.stream(values()).filter(d -> d.code().equals(code)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no decision: " + code));
        }
    }

    /** The state that a decision leads to; none if it cannot be made in this state. */
    static Optional<State> next(State state, Decision decision) {
        return switch (decision) {
            case ACCEPT -> Optional.of(State.ACCEPTED).filter(s -> state == State.FILED);
            case RETURN -> Optional.of(State.RETURNED).filter(s -> state == State.FILED);
            case APPROVE -> Optional.of(State.REVIEWED).filter(s -> state == State.ACCEPTED);
            case LIST -> Optional.of(State.LISTED).filter(s -> state == State.REVIEWED);
            case REFUSE -> Optional.of(State.REFUSED).filter(s -> state.awaitsOffice());
        };
    }

    /** Working days for a step, from a day on. */
    record Term(State state, LocalDate inForceFrom, int workingDays) {
    }

    /** The days in force when the step begins. */
    static int workingDays(Collection<Term> all, State state, LocalDate begins) {
        return all.stream().filter(t -> t.state() == state && !t.inForceFrom().isAfter(begins))
                .max(Comparator.comparing(Term::inForceFrom))
                .orElseThrow(() -> new IllegalStateException("no term for " + state + " on " + begins)).workingDays();
    }
}
