package cn.cityapis.eldercare.application;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.SealAnew;
import cn.cityapis.platform.pii.SealedFiles;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Uploaded files under a new key: folder by folder, and none while files are erased, so that what is gone stays gone. */
@Component
class SealFilesAnew implements SealedFiles {

    private final FileStore files;
    private final JobLock lock;

    SealFilesAnew(FileStore files, JobLock lock) {
        this.files = files;
        this.lock = lock;
    }

    @Override
    public Mono<SealAnew.Count> sealAnew(FieldCipher cipher) {
        return files.folders().flatMapMany(Flux::fromIterable)
                .concatMap(folder -> lock.run(EraseFiles.LOCK, () -> files.sealAnew(cipher, folder))
                        .defaultIfEmpty(new SealAnew.Count(0, 1)))
                .reduce(SealAnew.Count.NONE, SealAnew.Count::plus);
    }
}
