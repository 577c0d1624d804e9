package cn.cityapis.subsidy.application;

/** What can happen to an application. */
sealed interface ApplicationStep {

    record Submit() implements ApplicationStep {
    }

    record PassFirst() implements ApplicationStep {
    }

    /** @param noticeDays 0: no public notice */
    record PassSecond(int noticeDays) implements ApplicationStep {
    }

    record Reject() implements ApplicationStep {
    }

    /** All that is missing is asked for at once. */
    record AskSupplement() implements ApplicationStep {
    }

    /** @param backTo the level that had asked; the first if what it has passed is changed */
    record Supplement(Review.Level backTo) implements ApplicationStep {
    }

    /** The period for it is over. */
    record LapseSupplement() implements ApplicationStep {
    }

    record Withdraw() implements ApplicationStep {
    }

    record UpholdObjection() implements ApplicationStep {
    }

    record EndNotice() implements ApplicationStep {
    }

    record Appeal() implements ApplicationStep {
    }

    record DismissAppeal() implements ApplicationStep {
    }

    /**
     * The rejection falls: the case goes on where it had stopped.
     *
     * @param rejectedAt first or second review; null: it was rejected during the public notice, which goes on
     * @param noticeDays 0: no public notice
     */
    record AllowAppeal(Review.@org.jspecify.annotations.Nullable Level rejectedAt, int noticeDays)
            implements
                ApplicationStep {
    }

    record Fund() implements ApplicationStep {
    }

    record Suspend() implements ApplicationStep {
    }

    record Resume() implements ApplicationStep {
    }

    /** Ends before the last month. */
    record End() implements ApplicationStep {
    }

    /** All that was paid is claimed back. */
    record ClawBack() implements ApplicationStep {
    }
}
