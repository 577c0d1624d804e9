package cn.cityapis.eldercare.application;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes away the files of erased papers, once that they are to go has been committed. A note is forgotten after its file,
 * so that a crash between the two leaves no file behind.
 */
@Component
class EraseFiles {

    /** Held by whoever takes files away or puts them in the place of others. */
    static final String LOCK = "eldercare.erase-files";
    private static final int AT_ONCE = 100;

    private final Materials materials;
    private final FileStore files;
    private final JobLock lock;

    EraseFiles(Materials materials, FileStore files, JobLock lock) {
        this.materials = materials;
        this.files = files;
        this.lock = lock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.erase-files-every:PT10S}")
    Mono<Void> sweep() {
        return lock.run(LOCK, () -> Sweep.run(sweep -> materials.toErase(AT_ONCE)
                .flatMapMany(Flux::fromIterable)
                .concatMap(id -> sweep.passOver("The file of material " + id + " cannot be erased now",
                        files.erase(id).then(materials.erased(id))))
                .then()));
    }
}
