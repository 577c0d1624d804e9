package cn.cityapis.subsidy.application;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Periods that the offices set where neither law nor scheme says one; a scheme's own period goes before them. Working
 * days, but for the appeal.
 *
 * @param appealDays calendar days in which a rejection can be appealed
 * @param warnWorkingDays so long before the end of a period it is warned of
 */
@ConfigurationProperties("subsidy.process")
record ProcessSettings(int firstReviewWorkingDays, int supplementWorkingDays, int secondReviewWorkingDays,
        int objectionWorkingDays, int appealDays, int appealReviewWorkingDays, int warnWorkingDays) {
}
