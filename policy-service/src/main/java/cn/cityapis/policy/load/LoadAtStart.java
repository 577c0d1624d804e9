package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.text.SourceKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Queues what is to be there from the start: the shipped digest, and the issue that GAZETTE_FILE names. */
@Component
class LoadAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(LoadAtStart.class);
    private static final String DIGEST = "digest/gazette-2023-04.txt";
    private static final String SYSTEM = "system";

    private final Loads loads;
    private final TransactionalOperator transaction;
    private final List<Source> sources;

    LoadAtStart(Loads loads, TransactionalOperator transaction, LoadSettings settings) {
        this.loads = loads;
        this.transaction = transaction;
        this.sources = sources(settings);
    }

    private static List<Source> sources(LoadSettings settings) {
        List<Source> sources = new ArrayList<>();
        if (settings.digest()) {
            sources.add(shipped());
        }
        if (!settings.gazetteFile().isBlank()) {
            sources.add(file(Path.of(settings.gazetteFile())));
        }
        return sources;
    }

    private static Source shipped() {
        try (InputStream in = new ClassPathResource(DIGEST).getInputStream()) {
            return Source.read(DIGEST, SourceKind.DIGEST, in);
        } catch (IOException missing) {
            throw new IllegalStateException(DIGEST + " is missing from the build", missing);
        }
    }

    private static Source file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Source.read(String.valueOf(file.getFileName()), SourceKind.OFFICIAL, in);
        } catch (IOException unreadable) {
            throw new SettingException("GAZETTE_FILE", "cannot be read: " + file, unreadable);
        }
    }

    @EventListener(ApplicationStartedEvent.class)
    void queue() {
        Flux.fromIterable(sources)
                .concatMap(source -> loads.enqueueOnce(source, SYSTEM, false).as(transaction::transactional))
                .doOnNext(load -> LOG.info("queued {}", load.source()))
                .then()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(30))
                        .doBeforeRetry(retry -> LOG.warn("what is to be loaded at start could not be queued: {}",
                                String.valueOf(retry.failure()))))
                .subscribe();
    }
}
