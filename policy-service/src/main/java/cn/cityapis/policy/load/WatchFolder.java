package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import cn.cityapis.platform.settings.SettingException;
import cn.cityapis.policy.text.SourceKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Loads the files of a folder, each content once, at start and while the service runs. A file still being copied is left
 * until two looks find it alike; what cannot be read is in the list of loads with the reason.
 */
@Component
class WatchFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WatchFolder.class);
    private static final String BY = "folder";

    /** A file as a look found it. */
    private record Seen(Path file, long size, FileTime changed, boolean done) {

        boolean alike(Seen other) {
            return size == other.size && changed.equals(other.changed);
        }

        byte[] state() {
            return Source.sha256((file + "|" + size + "|" + changed).getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Loads loads;
    private final TransactionalOperator transaction;
    private final @Nullable Path folder;
    /** Touched by one look at a time. */
    private final Map<Path, Seen> seen = new HashMap<>();

    WatchFolder(Loads loads, TransactionalOperator transaction, LoadSettings settings) {
        this.loads = loads;
        this.transaction = transaction;
        this.folder = settings.gazetteDir().isBlank() ? null : Path.of(settings.gazetteDir());
        if (folder != null && !Files.isDirectory(folder)) {
            throw new SettingException("GAZETTE_DIR", "is no folder that can be read: " + folder);
        }
    }

    @Scheduled(fixedDelayString = "${policy.folder-poll:PT2S}")
    Mono<Void> look() {
        Path watched = folder;
        return watched == null
                ? Mono.empty()
                : Mono.fromCallable(() -> ready(watched)).subscribeOn(Schedulers.boundedElastic())
                        .flatMapMany(Flux::fromIterable).concatMap(this::load).then();
    }

    /** The files that have not changed since the last look and were not loaded. */
    private List<Seen> ready(Path watched) throws IOException {
        try (Stream<Path> files = Files.list(watched)) {
            List<Seen> now = files.filter(WatchFolder::wanted).sorted().map(WatchFolder::seen).toList();
            List<Seen> ready = now.stream().filter(file -> {
                Seen before = seen.get(file.file());
                return before != null && before.alike(file) && !before.done();
            }).toList();
            now.stream().filter(file -> {
                Seen before = seen.get(file.file());
                return before == null || !before.alike(file);
            }).forEach(file -> seen.put(file.file(), file));
            seen.keySet().retainAll(now.stream().map(Seen::file).toList());
            return ready;
        }
    }

    private static boolean wanted(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".tmp");
    }

    private static Seen seen(Path file) {
        try {
            return new Seen(file, Files.size(file), Files.getLastModifiedTime(file), false);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Mono<Void> load(Seen file) {
        String name = String.valueOf(file.file().getFileName());
        return Mono.fromCallable(() -> read(file.file(), name)).subscribeOn(Schedulers.boundedElastic())
                .flatMap(source -> loads.enqueueOnce(source, BY, true).as(transaction::transactional))
                .doOnNext(load -> LOG.info("queued {}", load.source())).then()
                .onErrorResume(IOException.class, unreadable -> {
                    LOG.warn("{} cannot be loaded: {}", name, unreadable.toString());
                    return loads.refused(name, file.state(), BY, unreadable instanceof Source.TooLarge
                            ? "文件超过 50 MB"
                            : "文件无法读取");
                })
                .then(Mono.fromRunnable(
                        () -> seen.put(file.file(), new Seen(file.file(), file.size(), file.changed(), true))));
    }

    private static Source read(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Source.read(name, SourceKind.OFFICIAL, in);
        }
    }
}
