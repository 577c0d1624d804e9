package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends the collecting of a run: its payments get their lines, and the file its digest. */
@Component
class MakeBankFile {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final SchemeCatalogue catalogue;
    private final Outbox outbox;

    MakeBankFile(PaymentRuns runs, PaymentItems items, SchemeCatalogue catalogue, Outbox outbox) {
        this.runs = runs;
        this.items = items;
        this.catalogue = catalogue;
        this.outbox = outbox;
    }

    /** Within the caller's transaction; a run whose file was made meanwhile is left alone. */
    Mono<Void> make(UUID id) {
        return runs.lock(id)
                .filter(run -> PaymentRunRules.after(run.state(), PaymentRunRules.Step.MAKE_FILE).isPresent())
                .flatMap(run -> items.number(id)
                        .then(Mono.defer(() -> items.of(id)))
                        .flatMap(collected -> runs.fileMade(run, collected, purpose(run.schemeId()))
                                .then(Mono.defer(() -> outbox.publish("subsidy.payment-run.file-made",
                                        "payment-runs/" + id, Map.of("runId", id, "items", collected.size()))))));
    }

    /** Without what was taken out; in the caller's transaction, which holds the run. */
    Mono<Void> renew(PaymentRun run) {
        return items.number(run.id())
                .then(Mono.defer(() -> items.of(run.id())))
                .flatMap(left -> left.isEmpty()
                        ? runs.cancelled(run)
                        : runs.renewed(run, left, file(run, left)));
    }

    /** The same bytes at any time, whatever the scheme is called by now. */
    BankFile file(PaymentRun run, List<PaymentItem> collected) {
        return BankFile.of(run.id(), collected,
                run.purpose() == null ? purpose(run.schemeId()) : run.purpose());
    }

    /** Of files that are made today. */
    String purpose(String scheme) {
        return catalogue.find(scheme).orElseThrow().scheme().title();
    }
}
