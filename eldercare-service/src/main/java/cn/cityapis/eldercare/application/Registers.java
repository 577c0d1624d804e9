package cn.cityapis.eldercare.application;

import reactor.core.publisher.Mono;

/** Port to other authorities' registers (low-income families, veterans), which may confirm instead of an upload. */
public interface Registers {

    /** Which register confirmed. */
    record Confirmation(String register, boolean demo) {
    }

    /** Empty if no register confirms it, or none is connected. */
    Mono<Confirmation> confirm(MaterialKind kind, String idNumber);
}
