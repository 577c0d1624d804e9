package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.application.CorrectAccount;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Another account of the payee's, by two persons: who orders a retry names it for that order alone; once somebody else has
 * sent the retry, later months go there too. The payee is told of both. In the caller's transaction.
 */
@Component
class OtherAccount {

    private static final int SHOWN = 4;
    private final PaymentItems items;
    private final ApplicationReader applications;
    private final CorrectAccount accounts;
    private final Notices notices;

    OtherAccount(PaymentItems items, ApplicationReader applications, CorrectAccount accounts, Notices notices) {
        this.items = items;
        this.applications = applications;
        this.accounts = accounts;
        this.notices = notices;
    }

    Mono<Void> ordered(Application application, PaymentItem again) {
        return again.otherAccount()
                ? notices.send(new Notice(application.owner(), "account-change-ordered", again.month()
                        + " 退回的补贴拟改汇尾号 " + tail(again) + " 的账户，须经另一名经办人员复核；如非您本人提供，请立即联系经办部门",
                        about(again)))
                : Mono.empty();
    }

    /** Somebody else has sent it. */
    Mono<Void> sent(PaymentRun run, Caller by) {
        return run.kind() == PaymentRun.Kind.MONTHLY
                ? Mono.empty()
                : items.of(run.id()).flatMapMany(Flux::fromIterable).filter(PaymentItem::otherAccount)
                        .concatMap(item -> valid(item, by)).then();
    }

    private Mono<Void> valid(PaymentItem item, Caller by) {
        return accounts.correct(item.application(), item.account(), by)
                .then(Mono.defer(() -> applications.get(item.application())))
                .flatMap(it -> notices.send(new Notice(it.owner(), "account-changed",
                        "您的补贴收款账户已改为尾号 " + tail(item) + " 的账户；如非您本人提供，请立即联系经办部门", about(item))));
    }

    private static String tail(PaymentItem item) {
        return item.account().substring(Math.max(0, item.account().length() - SHOWN));
    }

    private static String about(PaymentItem item) {
        return "applications/" + item.application();
    }
}
