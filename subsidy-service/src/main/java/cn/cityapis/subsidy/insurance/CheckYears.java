package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.SubsidyProblem;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Holds the years that the insurer states against those approved here, in the caller's transaction. */
@Component
class CheckYears {

    private final InsuredRows rows;

    CheckYears(InsuredRows rows) {
        this.rows = rows;
    }

    /** @throws ProblemException 422 naming each row that differs and what was found */
    Mono<Void> check(Filing filing) {
        return rows.unknownYears(filing.roundId())
                .flatMap(unknown -> rows.claims(filing.id())
                        .flatMap(claims -> rows.approved(filing.roundId(), claims)
                                .map(approved -> YearRules.wrong(filing.year(), claims, approved, unknown))))
                .doOnNext(wrong -> {
                    if (!wrong.isEmpty()) {
                        throw ProblemException.of(SubsidyProblem.TABLE_REFUSED,
                                "申请表有 " + wrong.size() + " 处与历年补贴记录不符", wrong);
                    }
                })
                .then();
    }

    /** Before an approval: no other filing is approved until this transaction ends. */
    Mono<Void> checkLast(Filing filing) {
        return rows.lockYears().then(Mono.defer(() -> check(filing)));
    }
}
