package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.EventTypes;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IfMatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What clients do with their webhooks, in the caller's transaction. Those of other clients do not exist for them. */
final class KeepWebhooks {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final EventTypes types;
    private final WebhookSettings settings;
    private final Outbox outbox;
    private final Audit audit;
    private final String service;

    KeepWebhooks(Webhooks webhooks, Deliveries deliveries, EventTypes types,
            WebhookSettings settings, Outbox outbox, Audit audit, String service) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.types = types;
        this.settings = settings;
        this.outbox = outbox;
        this.audit = audit;
        this.service = service;
    }

    Mono<Webhook> create(Caller caller, WebhookForm form) {
        form.check(types, settings);
        return webhooks.add(caller.clientId(), form)
                .flatMap(made -> recorded(caller, "webhook.create", made,
                        Map.of("url", made.url(), "eventTypes", made.eventTypes())));
    }

    Mono<Webhook> change(Caller caller, UUID id, IfMatch ifMatch, WebhookForm form, boolean paused) {
        return lockReadable(caller, id).doOnNext(known -> ifMatch.require(known.version()))
                .doOnNext(known -> {
                    if (isOwn(caller, known)) {
                        form.check(types, settings);
                    } else {
                        requirePauseOnly(known, form, paused);
                    }
                })
                .then(webhooks.change(id, form, paused))
                .flatMap(changed -> recorded(caller, "webhook.change", changed,
                        Map.of("clientId", changed.clientId(), "url", changed.url(), "eventTypes",
                                changed.eventTypes(), "state", changed.state())));
    }

    Mono<Void> remove(Caller caller, UUID id, IfMatch ifMatch) {
        return lockReadable(caller, id).doOnNext(known -> ifMatch.require(known.version()))
                .flatMap(known -> recorded(caller, "webhook.remove", known,
                        Map.of("clientId", known.clientId(), "url", known.url())))
                .then(webhooks.remove(id));
    }

    /** Each reading is recorded. */
    Mono<List<String>> secrets(Caller caller, UUID id) {
        return own(caller, id).flatMap(known -> recorded(caller, "webhook.read-secret", known, Map.of()))
                .then(webhooks.secrets(id));
    }

    Mono<Webhook> renewSecret(Caller caller, UUID id, IfMatch ifMatch) {
        return lockOwn(caller, id).doOnNext(known -> ifMatch.require(known.version()))
                .then(webhooks.renewSecret(id))
                .flatMap(changed -> recorded(caller, "webhook.renew-secret", changed, Map.of()));
    }

    Mono<Void> test(Caller caller, UUID id) {
        String subject = "webhooks/" + id;
        return lockOwn(caller, id).doOnNext(KeepWebhooks::requireActive)
                .flatMap(known -> outbox.publishTo(caller.clientId(), service + Outbox.TEST, subject,
                        Map.of("webhookId", id)).then(deliveries.sendTo(id, subject)));
    }

    Mono<Long> replay(Caller caller, UUID id, Instant since, boolean onlyDead) {
        return lockReadable(caller, id).doOnNext(KeepWebhooks::requireActive)
                .flatMap(known -> (onlyDead ? deliveries.replayDead(known, since) : deliveries.replay(known, since))
                        .flatMap(count -> recorded(caller, "webhook.replay", known,
                                Map.of("since", since.toString(), "onlyDead", onlyDead, "events", count))
                                .thenReturn(count)));
    }

    /**
     * An administrator sees those of all clients, and what became of their deliveries, but no secret; and ends what goes
     * to a client that is suspended.
     */
    Mono<Webhook> readable(Caller caller, UUID id) {
        return known(webhooks.find(id).filter(found -> isOwn(caller, found) || isAdministrator(caller)));
    }

    private Mono<Webhook> lockReadable(Caller caller, UUID id) {
        return known(webhooks.lock(id).filter(found -> isOwn(caller, found) || isAdministrator(caller)));
    }

    private Mono<Webhook> own(Caller caller, UUID id) {
        return known(webhooks.find(id).filter(found -> isOwn(caller, found)));
    }

    private Mono<Webhook> lockOwn(Caller caller, UUID id) {
        return known(webhooks.lock(id).filter(found -> isOwn(caller, found)));
    }

    private static Mono<Webhook> known(Mono<Webhook> found) {
        return found.switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    private static boolean isOwn(Caller caller, Webhook webhook) {
        return caller.clientId().equals(webhook.clientId());
    }

    static boolean isAdministrator(Caller caller) {
        return caller.hasRole("admin");
    }

    /** Where events go, and that they go on, is the owner's alone to say. */
    private static void requirePauseOnly(Webhook known, WebhookForm form, boolean paused) {
        if (!paused || !form.says(known)) {
            throw ProblemException.of(CommonProblem.FORBIDDEN, "管理员只能暂停或删除其他客户端的事件订阅，不能改动其内容或重新启用");
        }
    }

    private static void requireActive(Webhook webhook) {
        if (webhook.state() != Webhook.State.ACTIVE) {
            throw ProblemException.of(CommonProblem.CONFLICT, "事件订阅已暂停或停止，请先启用").with("state", webhook.state());
        }
    }

    private Mono<Webhook> recorded(Caller caller, String action, Webhook webhook, Map<String, ?> details) {
        return audit.record(caller, action, "webhook", webhook.id().toString(), details).thenReturn(webhook);
    }
}
