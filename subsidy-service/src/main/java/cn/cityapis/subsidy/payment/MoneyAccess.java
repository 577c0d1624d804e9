package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidySettings;
import org.springframework.stereotype.Component;

/** Runs belong to the city's finance office; for others they are not there. */
@Component
class MoneyAccess {

    private final SubsidySettings settings;

    MoneyAccess(SubsidySettings settings) {
        this.settings = settings;
    }

    void require(Caller caller) {
        if (!caller.isOf(settings.cityCode())) {
            throw ProblemException.of(CommonProblem.NOT_FOUND, "没有这个发放批次");
        }
    }
}
