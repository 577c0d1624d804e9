package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Checks again, on the case and the facts as they are now, whether ordered months are due. Under the locks of their cases. */
@Component
class Recheck {

    private final Payments payments;
    private final SchemeCatalogue catalogue;

    Recheck(Payments payments, SchemeCatalogue catalogue) {
        this.payments = payments;
        this.catalogue = catalogue;
    }

    /** By order; all of one run, whose facts are read at once. */
    Mono<Map<UUID, Standing>> standings(UUID run, List<OrderedMonth> ordered) {
        return payments.toldOf(run).map(told -> {
            Map<UUID, Standing> standings = new HashMap<>();
            for (OrderedMonth one : ordered) {
                standings.put(one.item(), standing(one, factsOn(one, told)));
            }
            return standings;
        });
    }

    Mono<Standing> standing(OrderedMonth one) {
        return payments.factsOn(one.month().application(), YearMonth.from(one.month().month()).atEndOfMonth())
                .map(facts -> standing(one, facts));
    }

    private Standing standing(OrderedMonth one, Facts facts) {
        Payments.Due due = one.month();
        return PaymentRules.standing(one.state(),
                PaymentRules.recheck(catalogue.find(due.scheme(), due.schemeVersion()).orElseThrow(), facts,
                        YearMonth.from(due.month()), due.caseDate()));
    }

    private static Facts factsOn(OrderedMonth one, Map<UUID, List<Payments.Told>> told) {
        LocalDate day = YearMonth.from(one.month().month()).atEndOfMonth();
        return told.getOrDefault(one.month().application(), List.of()).stream()
                .filter(each -> !each.from().isAfter(day)).map(Payments.Told::facts)
                .reduce(Facts.NONE, Facts::with);
    }
}
