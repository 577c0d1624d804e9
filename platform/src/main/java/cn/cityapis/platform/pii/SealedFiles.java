package cn.cityapis.platform.pii;

import reactor.core.publisher.Mono;

/** Files that hold sealed values. */
public interface SealedFiles {

    /** Seals those anew that another key than the active one has sealed. Safe to be stopped anywhere and called again. */
    Mono<SealAnew.Count> sealAnew(FieldCipher cipher);
}
