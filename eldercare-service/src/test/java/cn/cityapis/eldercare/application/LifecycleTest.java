package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private static final Deadline UNTIL = new Deadline(LocalDate.of(2026, 11, 27), false);
    private static final UUID OFFER = new UUID(1, 1);
    private static final UUID HOME = new UUID(2, 2);
    private static final UUID BED = new UUID(3, 3);
    private static final ApplicationState.Waiting WAITING = new ApplicationState.Waiting(NOW, UNTIL);

    static Stream<ApplicationState> states() {
        return Stream.of(new ApplicationState.Draft(), new ApplicationState.Incomplete(List.of(), NOW),
                new ApplicationState.Submitted(NOW, UNTIL), new ApplicationState.Qualified(NOW), WAITING,
                new ApplicationState.Offered(OFFER, HOME, UNTIL, WAITING),
                new ApplicationState.OfferAccepted(OFFER, HOME, UNTIL, WAITING),
                new ApplicationState.PapersChecked(OFFER, HOME, UNTIL, WAITING),
                new ApplicationState.Admitted(HOME, BED, UNTIL.lastDay()), new ApplicationState.Rejected("否", NOW),
                new ApplicationState.Withdrawn(NOW), new ApplicationState.Forfeited("否", NOW));
    }

    private static List<Command> commands() {
        return List.of(new Command.Submit(List.of(), NOW, UNTIL), new Command.Qualify(NOW),
                new Command.Reject("否", NOW),
                new Command.RecordAssessment(NOW, UNTIL), new Command.MakeOffer(OFFER, HOME, UNTIL),
                new Command.AcceptOffer(OFFER), new Command.RefuseOffer(OFFER, false, NOW),
                new Command.LapseOffer(OFFER, false, NOW), new Command.CheckPapers(OFFER),
                new Command.Admit(OFFER, BED, UNTIL.lastDay()), new Command.Withdraw(NOW));
    }

    @ParameterizedTest
    @MethodSource("states")
    void exactlyTheCommandsNamedAsPossibleMoveAState(ApplicationState state) {
        for (Command command : commands()) {
            Lifecycle.Outcome outcome = Lifecycle.apply(state, command);
            assertThat(outcome instanceof Lifecycle.Moved).as("%s on %s", command.name(), state.name())
                    .isEqualTo(Lifecycle.possible(state).contains(command.name()));
            if (outcome instanceof Lifecycle.Refused refused) {
                assertThat(refused.possible()).isEqualTo(Lifecycle.possible(state));
            }
        }
    }

    @Test
    void theHappyPathEndsInAdmission() {
        ApplicationState state = new ApplicationState.Draft();
        for (Command command : List.of(new Command.Submit(List.of(), NOW, UNTIL), new Command.Qualify(NOW),
                new Command.RecordAssessment(NOW, UNTIL), new Command.MakeOffer(OFFER, HOME, UNTIL),
                new Command.AcceptOffer(OFFER), new Command.CheckPapers(OFFER),
                new Command.Admit(OFFER, BED, UNTIL.lastDay()))) {
            state = moved(state, command).next();
        }
        assertThat(state).isEqualTo(new ApplicationState.Admitted(HOME, BED, UNTIL.lastDay()));
    }

    @Test
    @DisplayName("第十三条: what is incomplete is told and can be completed")
    void incompleteCanBeSubmittedAgain() {
        Missing missing = new Missing("/applicant/name", "missing", "请填写", Citation.article(13));
        ApplicationState incomplete = moved(new ApplicationState.Draft(),
                new Command.Submit(List.of(missing), NOW, UNTIL))
                .next();
        assertThat(incomplete).isEqualTo(new ApplicationState.Incomplete(List.of(missing), NOW));
        assertThat(moved(incomplete, new Command.Submit(List.of(), NOW, UNTIL)).next())
                .isInstanceOf(ApplicationState.Submitted.class);
    }

    @Test
    @DisplayName("第二十四条: refusing or letting lapse forfeits this round at that home only")
    void forfeitsAtThatHomeOnly() {
        ApplicationState offered = new ApplicationState.Offered(OFFER, HOME, UNTIL, WAITING);
        assertThat(moved(offered, new Command.RefuseOffer(OFFER, false, NOW)).next())
                .isInstanceOf(ApplicationState.Forfeited.class);
        assertThat(moved(offered, new Command.LapseOffer(OFFER, true, NOW)).next()).isEqualTo(WAITING);
        assertThat(moved(offered, new Command.LapseOffer(OFFER, true, NOW)).articles()).containsExactly(24);
    }

    @Test
    void anotherOfferIsNotThisOne() {
        ApplicationState offered = new ApplicationState.Offered(OFFER, HOME, UNTIL, WAITING);
        assertThat(Lifecycle.apply(offered, new Command.AcceptOffer(UUID.randomUUID())))
                .isInstanceOf(Lifecycle.Refused.class);
    }

    private static Lifecycle.Moved moved(ApplicationState state, Command command) {
        return (Lifecycle.Moved) Lifecycle.apply(state, command);
    }
}
