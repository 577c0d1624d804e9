package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private static final Deadline UNTIL = new Deadline(LocalDate.of(2026, 11, 27), false);
    private static final UUID OFFER = new UUID(1, 1);
    private static final UUID HOME = new UUID(2, 2);
    private static final UUID BED = new UUID(3, 3);
    private static final ApplicationState.Waiting WAITING = new ApplicationState.Waiting(NOW, UNTIL);

    private static final Recheck ASKED = new Recheck(NOW, "agency", UNTIL, null);
    private static final ApplicationState.Waiting RECHECKING = new ApplicationState.Waiting(NOW, UNTIL, ASKED);
    private static final ApplicationState.Waiting FINAL = new ApplicationState.Waiting(NOW, UNTIL, ASKED.ended(NOW));

    private static Map<String, ApplicationState> states() {
        Map<String, ApplicationState> states = new LinkedHashMap<>();
        states.put("DRAFT", new ApplicationState.Draft());
        states.put("INCOMPLETE", new ApplicationState.Incomplete(List.of(), NOW));
        states.put("SUBMITTED", new ApplicationState.Submitted(NOW, UNTIL));
        states.put("QUALIFIED", new ApplicationState.Qualified(NOW));
        states.put("ASSESSMENT_BOOKED", new ApplicationState.AssessmentBooked(NOW, BED, UNTIL.lastDay(), UNTIL));
        states.put("WAITING", WAITING);
        states.put("RECHECKING", RECHECKING);
        states.put("WAITING final", FINAL);
        states.put("OFFERED", new ApplicationState.Offered(OFFER, HOME, UNTIL, WAITING));
        states.put("OFFERED rechecking", new ApplicationState.Offered(OFFER, HOME, UNTIL, RECHECKING));
        states.put("OFFERED final", new ApplicationState.Offered(OFFER, HOME, UNTIL, FINAL));
        states.put("OFFER_ACCEPTED", new ApplicationState.OfferAccepted(OFFER, HOME, UNTIL, WAITING));
        states.put("OFFER_ACCEPTED rechecking", new ApplicationState.OfferAccepted(OFFER, HOME, UNTIL, RECHECKING));
        states.put("PAPERS_CHECKED", new ApplicationState.PapersChecked(OFFER, HOME, UNTIL, WAITING));
        states.put("PAPERS_CHECKED final", new ApplicationState.PapersChecked(OFFER, HOME, UNTIL, FINAL));
        states.put("ADMITTED", new ApplicationState.Admitted(HOME, BED, UNTIL.lastDay()));
        states.put("REJECTED", new ApplicationState.Rejected(NOW));
        states.put("WITHDRAWN", new ApplicationState.Withdrawn(NOW));
        states.put("NO_SHOW", new ApplicationState.NoShow(UNTIL.lastDay(), NOW));
        states.put("FORFEITED", new ApplicationState.Forfeited(NOW));
        states.put("DISQUALIFIED", new ApplicationState.Disqualified(NOW));
        states.put("DIED", new ApplicationState.Died(null, NOW));
        return states;
    }

    private static List<Command> commands() {
        return List.of(new Command.Submit(List.of(), NOW, UNTIL), new Command.Qualify(NOW),
                new Command.Reject(NOW), new Command.BookAssessment(HOME, UNTIL.lastDay(), UNTIL),
                new Command.MissAssessment(NOW), new Command.DeclineAssessment(NOW),
                new Command.RecordAssessment(NOW, UNTIL), new Command.ObjectToResult("agency", NOW, UNTIL),
                new Command.WithdrawObjection(NOW), new Command.ChangeAgency("other-agency", UNTIL),
                new Command.RecordRecheck(NOW),
                new Command.MakeOffer(OFFER, HOME, UNTIL), new Command.AcceptOffer(OFFER),
                new Command.RefuseOffer(OFFER, false, NOW), new Command.LapseOffer(OFFER, false, NOW),
                new Command.CancelOffer(OFFER), new Command.CheckPapers(OFFER),
                new Command.Admit(OFFER, BED, UNTIL.lastDay()), new Command.ChangeCircumstances(),
                new Command.Withdraw(NOW), new Command.Expire(NOW), new Command.Disqualify(NOW),
                new Command.RecordDeath(null, NOW),
                new Command.Reassess(), new Command.NoteIllness(),
                new Command.MoveResident(UUID.randomUUID(), UUID.randomUUID()));
    }

    /** Every state, with each command that it takes and where that leads; all others are refused. */
    private static final String TABLE = """
            DRAFT: SUBMIT>SUBMITTED WITHDRAW>WITHDRAWN EXPIRE>WITHDRAWN RECORD_DEATH>DIED
            INCOMPLETE: SUBMIT>SUBMITTED WITHDRAW>WITHDRAWN EXPIRE>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            SUBMITTED: QUALIFY>QUALIFIED REJECT>REJECTED CHANGE_CIRCUMSTANCES>SUBMITTED WITHDRAW>WITHDRAWN \
            DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            QUALIFIED: BOOK_ASSESSMENT>ASSESSMENT_BOOKED DECLINE_ASSESSMENT>FORFEITED RECORD_ASSESSMENT>WAITING \
            CHANGE_CIRCUMSTANCES>QUALIFIED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            ASSESSMENT_BOOKED: BOOK_ASSESSMENT>ASSESSMENT_BOOKED MISS_ASSESSMENT>NO_SHOW DECLINE_ASSESSMENT>FORFEITED \
            RECORD_ASSESSMENT>WAITING CHANGE_CIRCUMSTANCES>ASSESSMENT_BOOKED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            WAITING: OBJECT_TO_RESULT>RECHECKING MAKE_OFFER>OFFERED CHANGE_CIRCUMSTANCES>WAITING WITHDRAW>WITHDRAWN \
            DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            RECHECKING: WITHDRAW_OBJECTION>WAITING CHANGE_AGENCY>RECHECKING RECORD_RECHECK>WAITING CHANGE_CIRCUMSTANCES>RECHECKING WITHDRAW>WITHDRAWN \
            DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            WAITING final: MAKE_OFFER>OFFERED CHANGE_CIRCUMSTANCES>WAITING WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            OFFERED: OBJECT_TO_RESULT>OFFERED ACCEPT_OFFER>OFFER_ACCEPTED REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED \
            CANCEL_OFFER>WAITING CHANGE_CIRCUMSTANCES>OFFERED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            OFFERED rechecking: WITHDRAW_OBJECTION>OFFERED CHANGE_AGENCY>OFFERED RECORD_RECHECK>OFFERED ACCEPT_OFFER>OFFER_ACCEPTED \
            REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED CANCEL_OFFER>RECHECKING CHANGE_CIRCUMSTANCES>OFFERED WITHDRAW>WITHDRAWN \
            DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            OFFERED final: ACCEPT_OFFER>OFFER_ACCEPTED REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED CANCEL_OFFER>WAITING \
            CHANGE_CIRCUMSTANCES>OFFERED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            OFFER_ACCEPTED: OBJECT_TO_RESULT>OFFER_ACCEPTED REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED CANCEL_OFFER>WAITING \
            CHECK_PAPERS>PAPERS_CHECKED CHANGE_CIRCUMSTANCES>OFFER_ACCEPTED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            OFFER_ACCEPTED rechecking: WITHDRAW_OBJECTION>OFFER_ACCEPTED CHANGE_AGENCY>OFFER_ACCEPTED RECORD_RECHECK>OFFER_ACCEPTED REFUSE_OFFER>FORFEITED \
            LAPSE_OFFER>FORFEITED CANCEL_OFFER>RECHECKING CHECK_PAPERS>PAPERS_CHECKED CHANGE_CIRCUMSTANCES>OFFER_ACCEPTED \
            WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            PAPERS_CHECKED: OBJECT_TO_RESULT>PAPERS_CHECKED REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED CANCEL_OFFER>WAITING ADMIT>ADMITTED \
            CHANGE_CIRCUMSTANCES>PAPERS_CHECKED WITHDRAW>WITHDRAWN DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            PAPERS_CHECKED final: REFUSE_OFFER>FORFEITED LAPSE_OFFER>FORFEITED CANCEL_OFFER>WAITING ADMIT>ADMITTED CHANGE_CIRCUMSTANCES>PAPERS_CHECKED WITHDRAW>WITHDRAWN \
            DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED
            ADMITTED: DISQUALIFY>DISQUALIFIED RECORD_DEATH>DIED REASSESS>ADMITTED NOTE_ILLNESS>ADMITTED MOVE_RESIDENT>ADMITTED
            REJECTED:
            WITHDRAWN:
            NO_SHOW:
            FORFEITED:
            DISQUALIFIED:
            DIED:
            """;

    @Test
    void everyStateTakesExactlyTheCommandsOfTheTable() {
        StringBuilder found = new StringBuilder();
        states().forEach((name, state) -> {
            found.append(name).append(':');
            for (Command command : commands()) {
                if (Lifecycle.apply(state, command) instanceof Lifecycle.Moved moved) {
                    found.append(' ').append(command.name()).append('>').append(moved.next().name());
                }
            }
            found.append('\n');
        });
        assertThat(found.toString()).isEqualTo(TABLE);
        assertThat(commands()).extracting(Command::name).containsExactly(Command.Name.values());
        assertThat(states().values()).extracting(ApplicationState::name).contains(ApplicationState.Name.values());
    }

    @Test
    void aRefusalNamesExactlyTheCommandsThatAreTaken() {
        states().forEach((name, state) -> {
            for (Command command : commands()) {
                Lifecycle.Outcome outcome = Lifecycle.apply(state, command);
                assertThat(outcome instanceof Lifecycle.Moved).as("%s on %s", command.name(), name)
                        .isEqualTo(Lifecycle.possible(state).contains(command.name()));
                if (outcome instanceof Lifecycle.Refused refused) {
                    assertThat(refused).isEqualTo(
                            new Lifecycle.Refused(state.name(), command.name(), Lifecycle.possible(state)));
                }
            }
        });
    }

    @Test
    void eachStateReadsBackAsItWasStored() {
        JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        states().forEach((name, state) -> assertThat(
                json.readValue(json.writeValueAsString(state), state.name().type())).as(name).isEqualTo(state));
        assertThat(json.readValue("{\"since\":\"2026-11-20T02:00:00Z\",\"objectionBy\":"
                + "{\"lastDay\":\"2026-11-27\",\"provisional\":false}}", ApplicationState.Waiting.class))
                .as("stored before there were objections").isEqualTo(WAITING);
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
