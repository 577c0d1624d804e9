package cn.cityapis.subsidy.payment;

import java.util.List;
import java.util.UUID;

/**
 * What the bank says of a run, after it was found to match.
 *
 * @param answers one for each payment of the run
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

    boolean isWhole() {
        return answers.stream().allMatch(answer -> answer instanceof Answer.Arrived);
    }
}
