package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.BudgetShares;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The money of a filing: city and district bear it 1:1 (第八条), the city's share goes to the district, and the district
 * pays both to the insurer's account, never to a person (第十一条). Each row is split by itself, so that each adds up.
 */
@Component
class PayInsurer {

    private final Filings filings;
    private final Ledger ledger;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;

    PayInsurer(Filings filings, Ledger ledger, SchemeCatalogue catalogue, SubsidySettings settings) {
        this.filings = filings;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** @throws ProblemException 409 if a budget is short: the opinion can be given again when money has come */
    Mono<Void> commit(Filing filing, Caller by) {
        return shares(filing).flatMap(shares -> book(filing, Booking.commitment(shares), shares, "批准保费补贴", by)).then()
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> String.valueOf(e.getMessage()).contains("ledger_never_over_budget")
                                ? ProblemException.of(SubsidyProblem.BUDGET_SHORT, "预算不足以承担这份申报，请先下达预算")
                                : e);
    }

    Mono<Void> transfer(Filing filing, Caller by) {
        return shares(filing).flatMap(
                shares -> book(filing, Booking.transfer(shares, filing.areaCode()), shares, "市级资金拨付区市", by)).then();
    }

    /** @return id of the transaction */
    Mono<UUID> pay(Filing filing, Caller by) {
        return shares(filing).flatMap(shares -> book(filing, Booking.insurerPayment(shares, filing.areaCode()), shares,
                "拨付承保机构 " + filing.bankReference(), by));
    }

    /** The bank sends it back: both shares are held by the district as before. */
    Mono<UUID> cameBack(Filing filing, String reference, Caller by) {
        return shares(filing).flatMap(shares -> book(filing, Booking.insurerReturn(shares, filing.areaCode()), shares,
                "承保机构退汇 " + reference, by));
    }

    private Mono<UUID> book(Filing filing, Booking booking, Map<Budget, Fen> shares, String memo, Caller by) {
        TreeSet<String> schemes = new TreeSet<>();
        shares.keySet().forEach(budget -> schemes.add(budget.scheme()));
        return Flux.fromIterable(schemes).concatMap(ledger::lock)
                .then(Mono.defer(() -> ledger.book(booking, Cause.filing(filing.id()), memo, by.subject())));
    }

    private Mono<Map<Budget, Fen>> shares(Filing filing) {
        return filings.subsidies(filing.id()).map(rows -> {
            Map<Budget, Fen> shares = new HashMap<>();
            rows.forEach(row -> BudgetShares
                    .of(catalogue.find(row.scheme(), row.version()).orElseThrow().scheme().funding(), row.scheme(),
                            filing.year(), settings.cityCode(), filing.areaCode(), row.amount(), 1)
                    .forEach((budget, fen) -> shares.merge(budget, fen, Fen::plus)));
            return shares;
        });
    }
}
