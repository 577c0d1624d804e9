package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.platform.start.StartTask;
import cn.cityapis.policy.text.SourceKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Queues what is to be there from the start: the shipped digest, and the issue that GAZETTE_FILE names. */
@Component
public class LoadAtStart implements StartTask {

    private static final Logger LOG = LoggerFactory.getLogger(LoadAtStart.class);
    private static final String DIGEST = "digest/gazette-2023-04.txt";
    private static final String SYSTEM = "system";

    private final Loads loads;
    private final Optional<Source> digest;
    private final Optional<Path> file;

    LoadAtStart(Loads loads, LoadSettings settings) {
        this.loads = loads;
        this.digest = settings.digest() ? Optional.of(shipped()) : Optional.empty();
        this.file = settings.gazetteFile().isBlank() ? Optional.empty() : Optional.of(Path.of(settings.gazetteFile()));
        file.filter(named -> !Files.isRegularFile(named) || !Files.isReadable(named)).ifPresent(unreadable -> {
            throw new SettingException("GAZETTE_FILE", "cannot be read: " + unreadable);
        });
    }

    private static Source shipped() {
        try (InputStream in = new ClassPathResource(DIGEST).getInputStream()) {
            return Source.read(DIGEST, SourceKind.DIGEST, in);
        } catch (IOException missing) {
            throw new IllegalStateException(DIGEST + " is missing from the build", missing);
        }
    }

    private static Source read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Source.read(String.valueOf(file.getFileName()), SourceKind.OFFICIAL, in);
        } catch (IOException unreadable) {
            throw new SettingException("GAZETTE_FILE", "cannot be read: " + file, unreadable);
        }
    }

    @Override
    public Mono<Void> run() {
        Mono<Source> issue = Mono.justOrEmpty(file)
                .flatMap(named -> Mono.fromCallable(() -> read(named)).subscribeOn(Schedulers.boundedElastic()));
        return Flux.concat(Mono.justOrEmpty(digest), issue)
                .concatMap(source -> loads.enqueueOnce(source, SYSTEM, false))
                .doOnNext(load -> LOG.info("queued {}", load.source())).then();
    }

    /** Whether the digest is in the corpus, or never will be. */
    public Mono<Boolean> settled() {
        return Mono.justOrEmpty(digest).flatMap(loads::settled).defaultIfEmpty(true);
    }
}
