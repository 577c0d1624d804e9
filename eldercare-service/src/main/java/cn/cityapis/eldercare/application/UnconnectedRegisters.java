package cn.cityapis.eldercare.application;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** No register is connected: nothing is ever confirmed. */
@Component
@ConditionalOnProperty(name = "demo.data", havingValue = "false", matchIfMissing = true)
class UnconnectedRegisters implements Registers {

    @Override
    public Mono<Confirmation> confirm(MaterialKind kind, String idNumber) {
        return Mono.empty();
    }

    @Override
    public Mono<Death> death(String idNumber) {
        return Mono.empty();
    }
}
