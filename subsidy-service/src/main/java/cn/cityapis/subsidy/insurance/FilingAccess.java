package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.SubsidySettings;
import java.util.UUID;
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
                    && (isCity(caller) || caller.hasRole("auditor") || isDistrictOf(filing, caller));
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

    static FilingRules.State require(Filing filing, FilingRules.Step step) {
        return FilingRules.after(filing.state(), step)
                .orElseThrow(() -> ProblemException.of(SubsidyProblem.FILING_WRONG_STATE,
                        "申报目前为“" + filing.stateText() + "”，不能进行此操作").with("state", filing.state()));
    }
}
