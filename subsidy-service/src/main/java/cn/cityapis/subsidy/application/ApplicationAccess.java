package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidySettings;
import org.springframework.stereotype.Component;

/** Whose applications a caller may touch. Those of others do not exist for him. */
@Component
public class ApplicationAccess {

    private final SubsidySettings settings;

    ApplicationAccess(SubsidySettings settings) {
        this.settings = settings;
    }

    /** Its owner; once it is submitted also the district's officers, the city's, and auditors. */
    public Application readable(Application application, Caller caller) {
        boolean officer = application.state() != ApplicationState.DRAFT && (isDistrictOf(application, caller)
                || isCity(caller) || caller.hasRole("auditor"));
        return isOwner(application, caller) || officer ? application : hidden();
    }

    Application owned(Application application, Caller caller) {
        return isOwner(application, caller) ? application : hidden();
    }

    /** For the officers that decide or record facts. */
    public Application decidable(Application application, Caller caller) {
        boolean officer = application.state() != ApplicationState.DRAFT
                && (isDistrictOf(application, caller) || isCity(caller));
        return officer ? application : hidden();
    }

    /** What was paid and has come back: also for the finance offices. */
    public Application readableMoney(Application application, Caller caller) {
        return isFinanceOf(application, caller) ? application : readable(application, caller);
    }

    /** For who books what comes back: the city's finance office, or that of the district. */
    public Application bookable(Application application, Caller caller) {
        return isFinanceOf(application, caller) ? application : hidden();
    }

    private boolean isFinanceOf(Application application, Caller caller) {
        return caller.hasRole("finance") && application.state() != ApplicationState.DRAFT
                && (caller.isOf(settings.cityCode()) || caller.isOf(application.area()));
    }

    /** Its owner, and those who decide on it; nobody else. */
    Application ofPapers(Application application, Caller caller) {
        return isOwner(application, caller) ? application : decidable(application, caller);
    }

    /** Which level the caller decides at. */
    Review.Level level(Application application, Caller caller) {
        return isDistrictOf(application, caller) ? Review.Level.FIRST : Review.Level.SECOND;
    }

    boolean isCity(Caller caller) {
        return caller.hasRole("city") && caller.isOf(settings.cityCode());
    }

    boolean isDistrict(Caller caller) {
        return caller.hasRole("district") && settings.area(String.valueOf(caller.org())).isPresent();
    }

    private boolean isDistrictOf(Application application, Caller caller) {
        return isDistrict(caller) && caller.isOf(application.area());
    }

    public boolean isOwner(Application application, Caller caller) {
        return caller.isCitizen() && application.owner().equals(caller.subject());
    }

    private static Application hidden() {
        throw ProblemException.of(CommonProblem.NOT_FOUND, "没有这份申请");
    }
}
