package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.csv.Csv;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends a run's file to the bank and takes its reply. Within the caller's transaction. */
@Component
class AnswerRun {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final TakeOut takeOut;
    private final OtherAccount otherAccount;
    private final SettleReply settle;
    private final Outbox outbox;

    AnswerRun(PaymentRuns runs, PaymentItems items, TakeOut takeOut, OtherAccount otherAccount, SettleReply settle,
            Outbox outbox) {
        this.runs = runs;
        this.items = items;
        this.takeOut = takeOut;
        this.otherAccount = otherAccount;
        this.settle = settle;
        this.outbox = outbox;
    }

    /**
     * Looks once more whether each payment is due; what is not is taken out and the file renewed. Four eyes: a retry is not
     * sent by the one who ordered it; the other account it may go to is then the applicant's.
     */
    Mono<Void> send(PaymentRun run, Caller by) {
        require(run, PaymentRunRules.Step.SEND);
        if (run.kind() == PaymentRun.Kind.RETRY && run.createdBy().equals(by.subject())) {
            throw ProblemException.of(SubsidyProblem.FOUR_EYES, "单笔重发须由另一人送交银行");
        }
        return takeOut.notDue(run, by.subject())
                .flatMap(left -> left.state() == PaymentRun.State.CANCELLED
                        ? told(left, "cancelled")
                        : runs.sent(left, by.subject())
                                .then(Mono.defer(() -> otherAccount.sent(left, by)))
                                .then(Mono.defer(() -> told(left, "sent"))));
    }

    /** A retry that is not right, as where it goes to another account: it does not go to the bank. */
    Mono<Void> refuse(PaymentRun run, String reason, Caller by) {
        require(run, PaymentRunRules.Step.CANCEL);
        if (run.kind() != PaymentRun.Kind.RETRY) {
            throw ProblemException.of(SubsidyProblem.PAYMENT_RUN_WRONG_STATE, "只有单笔重发可以退回")
                    .with("state", run.state().code());
        }
        return takeOut.refuse(run, reason, by.subject()).then(Mono.defer(() -> runs.get(run.id())))
                .flatMap(left -> told(left, "cancelled"));
    }

    private Mono<Void> told(PaymentRun run, String what) {
        return outbox.publish("subsidy.payment-run." + what, "payment-runs/" + run.id(),
                Map.of("runId", run.id(), "items", run.items()));
    }

    /** The very same reply again changes nothing; another one to an answered run is refused. */
    Mono<Void> reply(PaymentRun run, byte[] content, String by) {
        byte[] digest = Csv.sha256(content);
        return runs.isAnsweredBy(run.id(), digest).flatMap(known -> {
            if (known) {
                return Mono.empty();
            }
            require(run, PaymentRunRules.Step.REPLY_WHOLE);
            return items.of(run.id()).flatMap(of -> settle.settle(run, of, matched(run, of, content), digest, by))
                    .onErrorMap(DataIntegrityViolationException.class, AnswerRun::referenceUsed);
        });
    }

    private static BankReply matched(PaymentRun run, List<PaymentItem> of, byte[] content) {
        String text = Csv.decode(content).orElseThrow(() -> mismatch(
                List.of(new Violation("/", "encoding", "回盘文件应为 UTF-8 编码的 CSV"))));
        BankReplyRules.Matched matched = BankReplyRules.match(run, of, Csv.read(text));
        BankReply reply = matched.reply();
        if (reply == null) {
            throw mismatch(matched.wrong());
        }
        return reply;
    }

    private static ProblemException mismatch(List<Violation> wrong) {
        return ProblemException.of(SubsidyProblem.BANK_REPLY_MISMATCH,
                "回盘有 " + wrong.size() + " 处与送出的文件不符，整份未入账", wrong);
    }

    private static Throwable referenceUsed(DataIntegrityViolationException e) {
        return String.valueOf(e.getMessage()).contains("payment_item_reference")
                ? mismatch(List.of(new Violation("/lines", "repeated", "银行流水号已用于此前的另一笔发放")))
                : e;
    }

    private static void require(PaymentRun run, PaymentRunRules.Step step) {
        if (PaymentRunRules.after(run.state(), step).isEmpty()) {
            throw wrongState(run);
        }
    }

    static ProblemException wrongState(PaymentRun run) {
        return ProblemException.of(SubsidyProblem.PAYMENT_RUN_WRONG_STATE,
                "批次目前为“" + run.state().label() + "”，不能进行此操作").with("state", run.state().code());
    }

}
