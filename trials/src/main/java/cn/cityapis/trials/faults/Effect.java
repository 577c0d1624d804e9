package cn.cityapis.trials.faults;

import cn.cityapis.stack.layout.Component;

/** What a key has as its effect, counted where it must be there exactly once. */
enum Effect {
    PLACE_APPLICATION(Component.ELDERCARE, "SELECT count(*) FROM application"), //
    PLACE_PAPER(Component.ELDERCARE, "SELECT count(*) FROM material WHERE kind IN ('APPLICATION_FORM', "
            + "'APPLICANT_ID_CARD', 'APPLICANT_HOUSEHOLD_REGISTER')"), //
    PLACE_SUBMISSION(Component.ELDERCARE, "SELECT count(*) FROM decision WHERE kind = 'SUBMIT'"), //
    PLACE_REVIEW(Component.ELDERCARE, "SELECT count(*) FROM decision WHERE kind = 'QUALIFY'"), //
    SUBSIDY_APPLICATION(Component.SUBSIDY, "SELECT count(*) FROM application"), //
    SUBSIDY_REVIEW(Component.SUBSIDY, "SELECT count(*) FROM review"), //
    ORDER(Component.PHARMACY, "SELECT count(*) FROM purchase_order");

    private final Component owner;
    private final String count;

    Effect(Component owner, String count) {
        this.owner = owner;
        this.count = count;
    }

    Component owner() {
        return owner;
    }

    /** How many there are. */
    String count() {
        return count;
    }
}
