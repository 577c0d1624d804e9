package cn.cityapis.policy.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.gazette.Warning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Works off the queue of loads. Each document is stored in a transaction of its own, so that a crash loses none and the
 * next attempt finds those stored unchanged.
 */
@Component
class RunLoads {

    private static final Logger LOG = LoggerFactory.getLogger(RunLoads.class);

    private final Loads loads;
    private final StoreDocument corpus;
    private final TransactionalOperator transaction;

    RunLoads(Loads loads, StoreDocument corpus, TransactionalOperator transaction) {
        this.loads = loads;
        this.corpus = corpus;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${policy.load-poll:PT0.5S}")
    Mono<Void> work() {
        return loads.claim().flatMap(claimed -> run(claimed).onErrorResume(error -> {
            LOG.error("load {} failed", claimed.id(), error);
            return loads.failed(claimed.id(), "存储时出现故障");
        })).onErrorResume(error -> {
            // the lease runs out, and the next attempt goes on
            LOG.warn("the queue of loads could not be worked off: {}", error.toString());
            return Mono.empty();
        });
    }

    private Mono<Void> run(Loads.Claimed claimed) {
        return Mono
                .fromCallable(() -> SourceText.read(claimed.content())
                        .map(text -> new Parsed(text, GazetteParser.parse(text.text()))))
                .subscribeOn(Schedulers.boundedElastic()).flatMap(parsed -> parsed.isPresent()
                        ? loads.parsed(claimed.id(), parsed.get().issue(), parsed.get().warnings())
                                .then(store(claimed, parsed.get().issue()))
                        : loads.failed(claimed.id(), "内容不是可读的文本"));
    }

    private Mono<Void> store(Loads.Claimed claimed, GazetteIssue issue) {
        return corpus.issue(issue, claimed.sourceKind()).map(Optional::of).defaultIfEmpty(Optional.empty())
                .flatMapMany(id -> Flux.fromIterable(issue.documents())
                        .concatMap(document -> storeOne(claimed, document, id)))
                .then(loads.done(claimed.id()));
    }

    private Mono<Void> storeOne(Loads.Claimed claimed, GazetteDocument document, Optional<UUID> issue) {
        return corpus.store(document, claimed.sourceKind(), issue.orElse(null))
                .flatMap(stored -> loads.counted(claimed.id(), stored)).as(transaction::transactional)
                .retryWhen(Deadlocks.again());
    }

    private record Parsed(SourceText source, GazetteIssue issue) {

        List<Warning> warnings() {
            List<Warning> all = new ArrayList<>(issue.warnings());
            if (source.guessed()) {
                all.addFirst(new Warning("decoded-as-gb18030", 0, "内容不是 UTF-8，已按 GB18030 读取。"));
            }
            return all;
        }
    }
}
