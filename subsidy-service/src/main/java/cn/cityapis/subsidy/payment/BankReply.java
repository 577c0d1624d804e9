package cn.cityapis.subsidy.payment;

import java.util.List;
import java.util.UUID;

/**
 * What the bank says of a run, after it was found to match.
 *
 * @param answers of payments that had none so far
 */
record BankReply(List<Answer> answers) {

    BankReply {
        answers = List.copyOf(answers);
    }

    /** Of one payment. */
    sealed interface Answer {

        UUID item();

        /** @param reference the bank's own number of the transfer */
        record Arrived(UUID item, String reference) implements Answer {
        }

        record Failed(UUID item, String reason) implements Answer {
        }
    }

    /** Which step of its run it is. */
    PaymentRunRules.Step step(List<PaymentItem> of) {
        long pending = of.stream().filter(item -> item.state() == PaymentItem.State.PENDING).count();
        boolean failed = of.stream().anyMatch(item -> item.state() == PaymentItem.State.FAILED)
                || answers.stream().anyMatch(answer -> answer instanceof Answer.Failed);
        if (answers.size() < pending) {
            return PaymentRunRules.Step.REPLY_SOME;
        }
        return failed ? PaymentRunRules.Step.REPLY_IN_PART : PaymentRunRules.Step.REPLY_WHOLE;
    }
}
