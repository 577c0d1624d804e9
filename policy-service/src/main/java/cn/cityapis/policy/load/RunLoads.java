package cn.cityapis.policy.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import cn.cityapis.policy.format.ReadDocument;
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
 * Works off the queue of loads. A document is stored and counted in one transaction, with some that follow it, so that a crash
 * loses none and the next attempt goes on behind the last one counted.
 */
@Component
class RunLoads {

    private static final Logger LOG = LoggerFactory.getLogger(RunLoads.class);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    /** Shorter than the lease: who is over it gives the load back before another takes it. */
    private static final Duration LONGEST_STORE = Duration.ofSeconds(45);

    /** What takes longer to read is read in the transaction, whose time is limited. */
    private static final Duration LONGEST_READ_AHEAD = Duration.ofSeconds(10);

    private final Loads loads;
    private final LoadQueue queue;
    private final StoreDocument corpus;
    private final TransactionalOperator transaction;
    private final Duration parseLimit;

    RunLoads(Loads loads, LoadQueue queue, StoreDocument corpus, TransactionalOperator transaction,
            LoadSettings settings) {
        this.loads = loads;
        this.queue = queue;
        this.corpus = corpus;
        this.transaction = transaction;
        this.parseLimit = settings.parseLimit();
    }

    @Scheduled(initialDelayString = "${policy.load-first:PT0S}", fixedDelayString = "${policy.load-poll:PT0.5S}")
    Mono<Void> work() {
        // where that fails, too, the lease runs out, and the next attempt goes on
        return queue.claim().flatMap(claimed -> run(claimed).onErrorResume(error -> settle(claimed, error)));
    }

    private Mono<Void> settle(LoadQueue.Claimed claimed, Throwable error) {
        LOG.error("load {} failed", claimed.id(), error);
        return switch (error) {
            case LoadQueue.LeaseLost lost -> Mono.empty();
            case ParseText.Unparsable unparsable ->
                queue.failed(claimed, Optional.ofNullable(unparsable.getMessage()).orElse("无法解析"));
            default -> queue.giveBack(claimed, "存储时出现故障");
        };
    }

    /** Visible for tests: one attempt at a load. */
    Mono<Void> run(LoadQueue.Claimed claimed) {
        return loads.content(claimed.id())
                .flatMap(content -> alive(claimed, ParseText.within(parseLimit, () -> parse(content, claimed.name()))))
                .flatMap(parsed -> queue.parsed(claimed, parsed.issue(), parsed.warnings())
                        .then(store(claimed, parsed.issue(), parsed.keys())));
    }

    private static Parsed parse(byte[] content, String name) {
        ReadDocument read = ReadDocument.of(content, name);
        GazetteIssue issue = GazetteParser.parse(read.lines());
        return new Parsed(read, issue, WorkKeys.of(issue.documents()));
    }

    /** Renews the lease while the work goes on; ends it when the lease is lost. */
    private <T> Mono<T> alive(LoadQueue.Claimed claimed, Mono<T> work) {
        Mono<T> signs = Flux.interval(SIGN_OF_LIFE).onBackpressureDrop().concatMap(sign -> queue.renew(claimed))
                .then(Mono.never());
        return Mono.firstWithSignal(work, signs);
    }

    private Mono<Void> store(LoadQueue.Claimed claimed, GazetteIssue issue, WorkKeys keys) {
        int processed = claimed.parsed() == issue.documents().size() ? claimed.processed() : 0;
        return corpus.issue(issue, claimed.sourceKind()).map(Optional::of).defaultIfEmpty(Optional.empty())
                .flatMapMany(id -> Flux.range(0, issue.documents().size()).skip(processed)
                        .map(place -> keys.incoming(place, issue.documents().get(place))).bufferUntil(new Enough())
                        .flatMapSequential(this::readAhead, 1, 1)
                        .concatMap(some -> store(claimed, some, id), 1))
                .then(Mono.defer(() -> queue.done(claimed)));
    }

    /** While those before are stored: the database and this process work at the same time. What fails fails when it is stored. */
    private Mono<List<IncomingDocument>> readAhead(List<IncomingDocument> some) {
        return Flux.fromIterable(some).doOnNext(corpus::readAhead).then().subscribeOn(Schedulers.parallel())
                .timeout(LONGEST_READ_AHEAD).onErrorComplete().thenReturn(some);
    }

    /** All in one transaction; where one of them is refused for good, each by itself. */
    private Mono<Void> store(LoadQueue.Claimed claimed, List<IncomingDocument> some, Optional<UUID> issue) {
        return corpus.store(some, claimed.sourceKind(), issue.orElse(null))
                .flatMap(outcome -> queue.counted(claimed, outcome))
                .as(transaction::transactional).retryWhen(Deadlocks.again()).timeout(LONGEST_STORE)
                .onErrorResume(Refusals::lasting, error -> some.size() > 1
                        ? Flux.fromIterable(some).concatMap(one -> store(claimed, List.of(one), issue)).then()
                        : reject(claimed, some.getFirst().document(), error));
    }

    private Mono<Void> reject(LoadQueue.Claimed claimed, GazetteDocument document, Throwable error) {
        LOG.error("a document of load {} cannot be stored", claimed.id(), error);
        return queue.rejected(claimed, new Warning("not-stored", 0, "《" + document.title() + "》未能存储，其余文件不受影响。"));
    }

    /** Ends a transaction's share of documents: so many, or so much text that more would save little. */
    private static final class Enough implements Predicate<IncomingDocument> {

        private static final int DOCUMENTS = 32;
        private static final int CHARACTERS = 200_000;

        private int documents;
        private int characters;

        @Override
        public boolean test(IncomingDocument incoming) {
            documents++;
            incoming.document().tree().walk(node -> characters += node.text().length());
            if (documents < DOCUMENTS && characters < CHARACTERS) {
                return false;
            }
            documents = 0;
            characters = 0;
            return true;
        }
    }

    private record Parsed(ReadDocument source, GazetteIssue issue, WorkKeys keys) {

        List<Warning> warnings() {
            List<Warning> all = new ArrayList<>(source.warnings());
            all.addAll(issue.warnings());
            all.addAll(keys.warnings());
            return all;
        }
    }
}
