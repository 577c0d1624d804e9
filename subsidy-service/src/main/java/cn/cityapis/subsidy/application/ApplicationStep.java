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

    record EndNotice() implements ApplicationStep {
    }

    record Fund() implements ApplicationStep {
    }

    /** Ends before the last month. */
    record End() implements ApplicationStep {
    }

    /** All that was paid is claimed back. */
    record ClawBack() implements ApplicationStep {
    }
}
