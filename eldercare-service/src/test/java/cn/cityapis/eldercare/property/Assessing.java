package cn.cityapis.eldercare.property;

import cn.cityapis.eldercare.Walk;
import java.time.LocalDate;
import java.util.Map;

/** 第十五条至第十八条: called, come or not, assessed, disputed, assessed again. */
final class Assessing {

    private final Desk desk;

    Assessing(Desk desk) {
        this.desk = desk;
    }

    /** Whether there was something to do here. */
    boolean step(Applicant applicant, Office.Answer now) throws InterruptedException {
        String state = now.text("/state");
        if (Living.possible(now, "RECORD_RECHECK") && desk.chance(70)) {
            endRecheck(applicant, now);
        } else if (Living.possible(now, "OBJECT_TO_RESULT") && desk.chance(20)) {
            object(applicant, now);
        } else if (state.equals("QUALIFIED") && desk.chance(50)) {
            book(applicant, now);
        } else if (state.equals("ASSESSMENT_BOOKED") && desk.chance(40)) {
            appointment(applicant, now);
        } else if (state.equals("QUALIFIED") || state.equals("ASSESSMENT_BOOKED")) {
            assess(applicant, now);
        } else {
            return false;
        }
        return true;
    }

    private void book(Applicant applicant, Office.Answer now) throws InterruptedException {
        LocalDate on = desk.today().plusDays(20);
        if (desk.decided(applicant, "BOOK_ASSESSMENT",
                desk.post(City.assessor(City.AGENCY), applicant.path() + "/appointments",
                        Map.of("on", on.toString(), "place", "一楼", "outOfTurnReason", "随机"), now.etag()))) {
            applicant.bookedOn = on;
        }
    }

    /** Moved by him, missed once it is over, or refused. */
    private void appointment(Applicant applicant, Office.Answer now) throws InterruptedException {
        LocalDate on = desk.today().plusDays(1);
        if (applicant.bookedOn != null && desk.today().isAfter(applicant.bookedOn)) {
            desk.decided(applicant, "MISS_ASSESSMENT", desk.post(City.assessor(City.AGENCY),
                    applicant.path() + "/missed-appointment", null, now.etag()));
        } else if (desk.chance(80)) {
            if (desk.decided(applicant, "BOOK_ASSESSMENT", desk.post(applicant.person,
                    applicant.path() + "/appointment-changes", Map.of("on", on.toString()), now.etag()))) {
                applicant.bookedOn = on;
            }
        } else {
            desk.decided(applicant, "DECLINE_ASSESSMENT", desk.post(City.assessor(City.AGENCY),
                    applicant.path() + "/assessment-refusal", Map.of("reason", "随机"), now.etag()));
        }
    }

    private void assess(Applicant applicant, Office.Answer now) throws InterruptedException {
        desk.decided(applicant, "RECORD_ASSESSMENT", desk.post(City.assessor(City.AGENCY),
                applicant.path() + "/assessments", findings(now), now.etag()));
    }

    private void object(Applicant applicant, Office.Answer now) throws InterruptedException {
        String agency = desk.any(City.agencies());
        if (desk.decided(applicant, "OBJECT_TO_RESULT", desk.post(applicant.person, applicant.path() + "/objections",
                Map.of("agency", agency, "reason", "随机"), now.etag()))) {
            applicant.agency = agency;
        }
    }

    private void endRecheck(Applicant applicant, Office.Answer now) throws InterruptedException {
        if (desk.chance(15)) {
            changeAgency(applicant, now);
        } else if (desk.chance(20)) {
            desk.decided(applicant, "WITHDRAW_OBJECTION",
                    desk.post(applicant.person, applicant.path() + "/objection-withdrawal", null, now.etag()));
        } else {
            desk.decided(applicant, "RECORD_RECHECK", desk.post(City.assessor(applicant.agency),
                    applicant.path() + "/rechecks", findings(now), now.etag()));
        }
    }

    /** Taken only once the chosen one is late. */
    private void changeAgency(Applicant applicant, Office.Answer now) throws InterruptedException {
        String other = City.agencies().stream().filter(each -> !each.equals(applicant.agency)).findFirst()
                .orElseThrow();
        if (desk.decided(applicant, "CHANGE_AGENCY", desk.post(applicant.person, applicant.path() + "/agency-changes",
                Map.of("agency", other), now.etag()))) {
            applicant.agency = other;
        }
    }

    private Map<String, Object> findings(Office.Answer now) {
        return Walk.assessment(20 + desk.random().nextInt(70),
                new Walk.Answer(now.status(), now.etag(), now.body(), false));
    }
}
