package cn.cityapis.pharmacy.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.money.Fen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RememberedDrugsTest {

    private static final UUID ID = new UUID(1, 1);

    private long nanos = Long.MAX_VALUE - 5;
    private Instant now = Instant.parse("2026-11-22T23:59:59Z");
    private int asked;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final RememberedDrugs drugs = new RememberedDrugs(this::read, Duration.ofNanos(10), () -> nanos, clock);

    /** The price is the number of the reading. */
    private Mono<Drug> read(UUID id) {
        asked++;
        return id.equals(ID)
                ? Mono.just(new Drug(id, ProductKind.MEDICINE, "药", "片剂", "1g", 30, "片", "盒", "厂", "国药准字H1", "X",
                        new Fen(asked), null, true))
                : Mono.empty();
    }

    private int reading() {
        Drug drug = drugs.find(ID).block();
        return drug == null || drug.procuredPriceFen() == null ? 0 : (int) drug.procuredPriceFen().amount();
    }

    @Test
    void isReadAgainWhenItIsOld() {
        assertThat(reading()).isEqualTo(1);
        nanos += 9;
        assertThat(reading()).isEqualTo(1);
        nanos += 1;
        assertThat(reading()).isEqualTo(2);
    }

    @Test
    void pricesOfYesterdayAreNotThoseOfToday() {
        assertThat(reading()).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(reading()).isEqualTo(2);
    }

    @Test
    void whatDoesNotExistIsAskedForEachTime() {
        assertThat(drugs.find(new UUID(2, 2)).blockOptional()).isEmpty();
        assertThat(drugs.find(new UUID(2, 2)).blockOptional()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }
}
