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
}
