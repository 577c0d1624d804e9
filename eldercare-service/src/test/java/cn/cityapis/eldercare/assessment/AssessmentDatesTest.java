package cn.cityapis.eldercare.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Recheck;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("第十六条, 第十八条, 第二十三条: no assessment is older than its occasion")
class AssessmentDatesTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    /** The 25th in Weihai, still the 24th in UTC. */
    private static final Instant EARLY = Instant.parse("2026-11-24T16:30:00Z");
    private static final Deadline BY = new Deadline(LocalDate.of(2026, 12, 2), false);
    private static final UUID ID = UUID.randomUUID();

    private static ApplicationState.Waiting disputed() {
        return new ApplicationState.Waiting(EARLY.minusSeconds(864_000), BY, new Recheck(EARLY, "agency", BY, null));
    }

    static Stream<ApplicationState> assessed() {
        return Stream.of(new ApplicationState.Qualified(EARLY),
                new ApplicationState.AssessmentBooked(EARLY, ID, DAY.plusDays(4), BY), disputed(),
                new ApplicationState.OfferAccepted(ID, ID, BY, disputed()),
                new ApplicationState.Admitted(ID, ID, DAY));
    }

    @ParameterizedTest
    @MethodSource("assessed")
    void fromThatDayOn(ApplicationState state) {
        assertThatThrownBy(() -> AssessmentDates.require(state, DAY.minusDays(1), SHANGHAI))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.errors())
                        .singleElement().satisfies(each -> assertThat(each.detail()).contains("第", "2026-11-25")));
        assertThatCode(() -> AssessmentDates.require(state, DAY, SHANGHAI)).doesNotThrowAnyException();
    }

    @Test
    void nothingElseIsAssessed() {
        for (ApplicationState state : List.of(new ApplicationState.Draft(),
                new ApplicationState.Submitted(EARLY, BY), new ApplicationState.Waiting(EARLY, BY),
                new ApplicationState.Died(null, EARLY))) {
            assertThat(AssessmentDates.earliest(state, SHANGHAI)).isNull();
        }
    }
}
