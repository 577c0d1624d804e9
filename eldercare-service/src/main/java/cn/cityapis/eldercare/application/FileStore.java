package cn.cityapis.eldercare.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Uploaded files in the service's data folder, named by the id of their row. */
@Component
class FileStore {

    private final Path folder;

    FileStore(@Value("${app.data-dir}") String dataDir) {
        this.folder = Path.of(dataDir).resolve("materials");
    }

    /** Writes off the event loop. A file whose row was not committed is garbage, never the other way round. */
    Mono<Void> write(UUID id, byte[] content) {
        return Mono.<Void>fromCallable(() -> {
            Path file = file(id);
            Files.createDirectories(file.getParent());
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            return null;
        }).subscribeOn(Schedulers.boundedElastic());
    }

    Mono<byte[]> read(UUID id) {
        return Mono.fromCallable(() -> readAll(id)).subscribeOn(Schedulers.boundedElastic());
    }

    private byte[] readAll(UUID id) throws IOException {
        return Files.readAllBytes(file(id));
    }

    private Path file(UUID id) {
        String name = id.toString();
        return folder.resolve(name.substring(0, 8)).resolve(name);
    }
}
