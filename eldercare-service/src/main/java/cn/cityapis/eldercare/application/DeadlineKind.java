package cn.cityapis.eldercare.application;

/** The periods that the rule sets, and the one that the operator sets for what was begun and not handed in complete. */
public enum DeadlineKind {
    HAND_IN(13, Bound.APPLICANT, "提交齐全的申请"),
    REVIEW(13, Bound.HOME, "审核申请"),
    CHANGE_REVIEW(14, Bound.HOME, "核实情况变更"),
    RESULT(18, Bound.AGENCY, "提交评估结果"),
    OBJECTION(18, Bound.APPLICANT, "对评估结果提出异议"),
    RECHECK(18, Bound.AGENCY, "完成复核评估"),
    MOVE_IN(24, Bound.APPLICANT, "办理入住手续");

    /** Whom a period binds. */
    public enum Bound {
        HOME, AGENCY, APPLICANT
    }

    private final int article;
    private final Bound bound;
    private final String title;

    DeadlineKind(int article, Bound bound, String title) {
        this.article = article;
        this.bound = bound;
        this.title = title;
    }

    public int article() {
        return article;
    }

    public Bound bound() {
        return bound;
    }

    public String title() {
        return title;
    }
}
