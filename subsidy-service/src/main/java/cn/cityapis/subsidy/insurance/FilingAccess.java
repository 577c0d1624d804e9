package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.SubsidySettings;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whose filings a caller may touch: the lead insurer's own, the district's own, all of them for the city. */
@Component
class FilingAccess {

    private final Filings filings;
    private final Rounds rounds;
    private final SubsidySettings settings;

    FilingAccess(Filings filings, Rounds rounds, SubsidySettings settings) {
        this.filings = filings;
        this.rounds = rounds;
        this.settings = settings;
    }

    boolean isCity(Caller caller) {
        return (caller.hasRole("city") || caller.hasRole("finance")) && caller.isOf(settings.cityCode());
    }

    private boolean isDistrictOf(Filing filing, Caller caller) {
        return caller.hasRole("district") && caller.isOf(filing.areaCode());
    }

    Mono<Filing> readable(UUID id, Caller caller) {
        return filings.get(id).flatMap(filing -> leads(filing, caller).flatMap(lead -> {
            boolean office = filing.state() != FilingRules.State.DRAFT
                    && (isCity(caller) || caller.hasRole("auditor") || isDistrictOf(filing, caller)
                            || isFinanceOf(filing, caller));
            return lead || office ? Mono.just(filing) : Mono.error(Filings.missing());
        }));
    }

    /** Locked, for the lead insurer of its round. */
    Mono<Filing> ofInsurer(UUID id, Caller caller) {
        return filings.lock(id).filterWhen(filing -> leads(filing, caller))
                .switchIfEmpty(Mono.error(Filings::missing));
    }

    /** Locked, for the officers of its district. */
    Mono<Filing> ofDistrict(UUID id, Caller caller) {
        return filings.lock(id)
                .filter(filing -> isDistrictOf(filing, caller) && filing.state() != FilingRules.State.DRAFT)
                .switchIfEmpty(Mono.error(Filings::missing));
    }

    private boolean isFinanceOf(Filing filing, Caller caller) {
        return caller.hasRole("finance") && caller.isOf(filing.areaCode());
    }

    /** Locked, for the finance office of its district. */
    Mono<Filing> ofFinance(UUID id, Caller caller) {
        return filings.lock(id)
                .filter(filing -> isFinanceOf(filing, caller) && filing.state() != FilingRules.State.DRAFT)
                .switchIfEmpty(Mono.error(Filings::missing));
    }

    /** Locked, for the officers of the level whose turn it is. */
    Mono<Filing> ofReviewer(UUID id, Caller caller) {
        return filings.lock(id)
                .filter(filing -> filing.state() != FilingRules.State.DRAFT
                        && (isDistrictOf(filing, caller) || isCity(caller)))
                .switchIfEmpty(Mono.error(Filings::missing));
    }

    /** Locked, for the city. */
    Mono<Filing> ofCity(UUID id, Caller caller) {
        return filings.lock(id).filter(filing -> isCity(caller) && filing.state() != FilingRules.State.DRAFT)
                .switchIfEmpty(Mono.error(Filings::missing));
    }

    private Mono<Boolean> leads(Filing filing, Caller caller) {
        return rounds.get(filing.roundId())
                .map(round -> caller.hasRole("insurer") && caller.isOf(round.leadOrg()));
    }

    /**
     * For which office somebody speaks is what his token says (第十一条); what he says himself must fit it.
     *
     * @throws ProblemException 403 if he is of neither, or not of the one he names; 400 if he is of both and names none
     */
    static Filing.Office office(Caller caller, Filing.@Nullable Office said) {
        List<Filing.Office> own = Arrays.stream(Filing.Office.values())
                .filter(office -> caller.hasRole(office.role())).toList();
        if (own.isEmpty() || said != null && !own.contains(said)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN,
                    "登录凭证没有该部门的角色：地方金融监管部门为 finance，人才工作领导小组办公室为 talent");
        }
        if (said == null && own.size() > 1) {
            new Violations().add("/office", "missing", "登录凭证有两个部门的角色，请填写部门").throwIfAny();
        }
        return said == null ? own.getFirst() : said;
    }

    static FilingRules.State require(Filing filing, FilingRules.Step step) {
        return FilingRules.after(filing.state(), step)
                .orElseThrow(() -> ProblemException.of(SubsidyProblem.FILING_WRONG_STATE,
                        "申报目前为“" + filing.stateText() + "”，不能进行此操作").with("state", filing.state()));
    }
}
