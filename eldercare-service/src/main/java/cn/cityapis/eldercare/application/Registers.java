package cn.cityapis.eldercare.application;

import java.time.LocalDate;
import reactor.core.publisher.Mono;

/** Port to other authorities' registers (low-income families, veterans, deaths), which may confirm instead of an upload. */
public interface Registers {

    /** Which register confirmed. */
    record Confirmation(String register, boolean demo) {
    }

    /** Empty if no register confirms it, or none is connected. */
    Mono<Confirmation> confirm(MaterialKind kind, String idNumber);

    /** What the register of deaths says. */
    record Death(LocalDate on, String register) {
    }

    /** Empty if no register knows of a death, or none is connected. */
    Mono<Death> death(String idNumber);
}
