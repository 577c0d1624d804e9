package cn.cityapis.eldercare.erasure;

import cn.cityapis.eldercare.application.ApplicationState;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What of one application bears on whether its data may go.
 *
 * @param received whether it was ever handed in complete: else nothing rests on it, whoever filed it
 * @param inBed whether somebody lives in a bed by it
 * @param changeOpen whether a reported change waits for its verdict
 * @param periodRuns whether a period of it has neither been met nor passed
 * @param lastDay when something last happened to it
 */
record Round(UUID applicationId, ApplicationState.Name state, boolean received, boolean inBed, boolean changeOpen,
        boolean periodRuns, LocalDate lastDay) {
}
