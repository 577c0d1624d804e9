package cn.cityapis.eldercare.demo;

import cn.cityapis.eldercare.application.MaterialKind;
import cn.cityapis.eldercare.application.Registers;
import java.time.LocalDate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A made-up register for the demo: it knows everybody whose ID number has a sequence code (digits 15–17) from 500 on. */
@Component
@ConditionalOnProperty(name = "demo.data", havingValue = "true")
class DemoRegisters implements Registers {

    @Override
    public Mono<Confirmation> confirm(MaterialKind kind, String idNumber) {
        boolean known = Integer.parseInt(idNumber.substring(14, 17)) >= 500;
        return known ? Mono.just(new Confirmation("演示登记系统：" + kind.title(), true)) : Mono.empty();
    }

    /** Everybody from 990 on has died on the first day of the rule. */
    @Override
    public Mono<Death> death(String idNumber) {
        boolean dead = Integer.parseInt(idNumber.substring(14, 17)) >= 990;
        return dead ? Mono.just(new Death(LocalDate.of(2023, 7, 18), "演示登记系统")) : Mono.empty();
    }
}
