package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private static final Deadline UNTIL = new Deadline(LocalDate.of(2026, 11, 27), false);
    private static final UUID HOME = new UUID(2, 2);

    private static List<DeadlineKind> running(ApplicationState state) {
        Application application = new Application(new UUID(1, 1), "owner", 1, state, "2023-17", UNTIL.lastDay(), HOME,
                "agency",
                Dossier.of(Fixtures.form(HOME, Fixtures.idNumber(1945, 1))), NOW, NOW);
        return DeadlineRules.running(application).stream().map(DeadlineRules.Due::kind).toList();
    }

    @Test
    @DisplayName("第十三条, 第十八条, 第二十四条: which periods run in which state")
    void whichPeriodsRun() {
        ApplicationState.Waiting waiting = new ApplicationState.Waiting(NOW, UNTIL);
        Recheck asked = new Recheck(NOW, "other", UNTIL, null);
        assertThat(running(new ApplicationState.Draft())).isEmpty();
        assertThat(running(new ApplicationState.Submitted(NOW, UNTIL))).containsExactly(DeadlineKind.REVIEW);
        assertThat(running(new ApplicationState.AssessmentBooked(NOW, HOME, UNTIL.lastDay(), UNTIL)))
                .containsExactly(DeadlineKind.RESULT);
        assertThat(running(waiting)).containsExactly(DeadlineKind.OBJECTION);
        assertThat(running(waiting.with(asked))).containsExactly(DeadlineKind.RECHECK);
        assertThat(running(waiting.with(asked.ended(NOW)))).isEmpty();
        assertThat(running(new ApplicationState.Offered(HOME, HOME, UNTIL, waiting.with(asked))))
                .containsExactly(DeadlineKind.MOVE_IN, DeadlineKind.RECHECK);
        assertThat(running(new ApplicationState.Admitted(HOME, HOME, UNTIL.lastDay()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REVIEW,QUALIFY,MET", "REVIEW,REJECT,MET", "REVIEW,WITHDRAW,CLOSED", "REVIEW,RECORD_DEATH,CLOSED",
            "RESULT,RECORD_ASSESSMENT,CLOSED", "OBJECTION,OBJECT_TO_RESULT,MET", "OBJECTION,ADMIT,CLOSED",
            "RECHECK,RECORD_RECHECK,MET", "RECHECK,WITHDRAW_OBJECTION,CLOSED", "MOVE_IN,ADMIT,MET",
            "MOVE_IN,LAPSE_OFFER,MISSED", "MOVE_IN,REFUSE_OFFER,CLOSED", "MOVE_IN,CANCEL_OFFER,CLOSED"})
    void howAPeriodEnds(DeadlineKind kind, Command.Name command, DeadlineRules.Settlement settlement) {
        assertThat(DeadlineRules.settlement(kind, command)).isEqualTo(settlement);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-27,1,2026-11-26", "2026-11-23,1,2026-11-20", "2026-10-08,1,2026-09-30",
            "2026-03-02,1,2026-02-28", "2026-11-23,2,2026-11-19", "2026-11-23,0,2026-11-23"})
    @DisplayName("the warning comes some working days before the last, over weekends, holidays and ends of months")
    void warnsBefore(LocalDate last, int days, LocalDate warning) throws IOException {
        try (InputStream rows = WorkingCalendar.class.getResourceAsStream("/cn-working-calendar.csv")) {
            assertThat(DeadlineRules.warnOn(new Deadline(last, false), days, WorkingCalendar.read(rows)))
                    .isEqualTo(warning);
        }
    }
}
