package cn.cityapis.subsidy.payment;

import static cn.cityapis.subsidy.payment.PaymentRun.State.CANCELLED;
import static cn.cityapis.subsidy.payment.PaymentRun.State.CLOSED;
import static cn.cityapis.subsidy.payment.PaymentRun.State.CREATED;
import static cn.cityapis.subsidy.payment.PaymentRun.State.FILE_MADE;
import static cn.cityapis.subsidy.payment.PaymentRun.State.REPLIED;
import static cn.cityapis.subsidy.payment.PaymentRun.State.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.payment.PaymentRun.State;
import cn.cityapis.subsidy.payment.PaymentRunRules.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymentRunRulesTest {

    private static final Map<State, Map<Step, State>> ALLOWED = Map.of(CREATED, Map.of(Step.MAKE_FILE, FILE_MADE),
            FILE_MADE, Map.of(Step.SEND, SENT, Step.CANCEL, CANCELLED), CANCELLED, Map.of(),
            SENT,
            Map.of(Step.REPLY_WHOLE, CLOSED, Step.REPLY_IN_PART, REPLIED, Step.REPLY_SOME, SENT, Step.COME_BACK, SENT),
            REPLIED, Map.of(Step.SETTLE_LAST, CLOSED, Step.COME_BACK, REPLIED), CLOSED,
            Map.of(Step.COME_BACK, REPLIED));

    @Test
    void everyStepInEveryState() {
        for (State state : State.values()) {
            for (Step step : Step.values()) {
                assertThat(PaymentRunRules.after(state, step)).as("%s in %s", step, state)
                        .isEqualTo(Optional.ofNullable(ALLOWED.get(state).get(step)));
            }
        }
    }
}
