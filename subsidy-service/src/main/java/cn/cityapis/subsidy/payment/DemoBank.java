package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.csv.Csv;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A made-up bank for the development stack: takes every file at once, and every payment of it arrives. */
@Component
@ConditionalOnProperty(name = "subsidy.bank", havingValue = "demo")
class DemoBank {

    private static final String NAME = "demo-bank";
    private final PaymentRuns runs;
    private final PaymentItems items;
    private final AnswerRun answers;

    DemoBank(PaymentRuns runs, PaymentItems items, AnswerRun answers) {
        this.runs = runs;
        this.items = items;
        this.answers = answers;
    }

    /** Within the caller's transaction; a run that was sent meanwhile is left alone. */
    Mono<Void> take(UUID id) {
        return runs.lock(id).filter(run -> run.state() == PaymentRun.State.FILE_MADE)
                .flatMap(run -> answers.send(run, Caller.system(NAME))
                        .then(Mono.defer(() -> Mono.zip(runs.lock(id), items.of(id))))
                        .filter(both -> both.getT1().state() == PaymentRun.State.SENT)
                        .flatMap(both -> answers.reply(both.getT1(), reply(both.getT1(), both.getT2()), NAME)));
    }

    private static byte[] reply(PaymentRun run, List<PaymentItem> items) {
        StringBuilder text = new StringBuilder(
                Csv.line(List.of("batch", run.id().toString(), String.valueOf(run.digest()))))
                .append(Csv.line(List.of("line", "item", "amount", "result", "reason", "reference")));
        for (PaymentItem item : items) {
            text.append(Csv.line(List.of(Integer.toString(item.line()), item.id().toString(),
                    BankFile.yuan(item.amount()), "success", "", "demo" + item.id())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
