package cn.cityapis.eldercare.waitlist;

/** How a place in a queue ends; competing outcomes for the expected wait. */
public enum EndReason {
    ADMITTED, ADMITTED_ELSEWHERE, WITHDRAWN, NO_SHOW, FORFEITED, REJECTED, HOME_CLOSED, DISQUALIFIED, DIED
}
