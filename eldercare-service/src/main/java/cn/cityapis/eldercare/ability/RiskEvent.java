package cn.cityapis.eldercare.ability;

import java.time.LocalDate;

/** A care-risk event, counted if within the last 30 days. */
public record RiskEvent(Kind kind, LocalDate on) {

    public enum Kind {
        FALL, CHOKING, SUICIDE_ATTEMPT, SELF_HARM, GOING_MISSING, OTHER
    }
}
