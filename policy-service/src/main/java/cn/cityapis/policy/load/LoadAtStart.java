package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.text.SourceKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Queues what is to be there from the start: the shipped digest, and the issue that GAZETTE_FILE names. */
@Component
class LoadAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(LoadAtStart.class);
    private static final String DIGEST = "digest/gazette-2023-04.txt";

    private final Loads loads;
    private final List<Source> sources;

    LoadAtStart(Loads loads, LoadSettings settings) {
        this.loads = loads;
        this.sources = sources(settings);
    }

    private static List<Source> sources(LoadSettings settings) {
        List<Source> sources = new ArrayList<>();
        if (settings.digest()) {
            sources.add(new Source(DIGEST, SourceKind.DIGEST, shipped()));
        }
        if (!settings.gazetteFile().isBlank()) {
            sources.add(file(Path.of(settings.gazetteFile())));
        }
        return sources;
    }

    private static byte[] shipped() {
        try (InputStream in = new ClassPathResource(DIGEST).getInputStream()) {
            return in.readAllBytes();
        } catch (IOException missing) {
            throw new IllegalStateException(DIGEST + " is missing from the build", missing);
        }
    }

    private static Source file(Path file) {
        try {
            return new Source(String.valueOf(file.getFileName()), SourceKind.OFFICIAL, Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new SettingException("GAZETTE_FILE", "cannot be read: " + file, unreadable);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void queue() {
        Flux.fromIterable(sources)
                .concatMap(source -> loads.known(source)
                        .flatMap(known -> known ? Mono.empty() : loads.enqueue(source, "system")))
                .subscribe(load -> LOG.info("queued {}", load.source()),
                        error -> LOG.error("could not queue what is to be loaded at start", error));
    }
}
