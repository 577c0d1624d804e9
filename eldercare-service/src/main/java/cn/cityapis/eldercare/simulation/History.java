package cn.cityapis.eldercare.simulation;

import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.pii.FieldCipher;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The recorded flow of one home's queue; needs are opened for it and leave no trace. */
@Repository
class History {

    /** Beyond that a home's history is too long for one request. */
    static final int MOST = 20_000;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    History(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    /** An entry as far as the simulation needs it. */
    record Recorded(Channel channel, Instant appliedAt, @Nullable Instant endedAt, @Nullable String endReason,
            Needs needs) {
    }

    /** All who waited at some time within the period, the latest first. */
    Mono<List<Recorded>> of(UUID home, LocalDate from) {
        return database.sql("""
                select id, channel, applied_at, ended_at, end_reason, sealed_needs from queue_entry
                where home_id = :home and (ended_at is null or ended_at >= :from) order by applied_at desc limit :most
                """)
                .bind("home", home)
                .bind("from", from.atStartOfDay(ZONE).toOffsetDateTime())
                .bind("most", MOST)
                .map(this::read)
                .all()
                .collectList();
    }

    private Recorded read(Readable row) {
        UUID id = row.get("id", UUID.class);
        return new Recorded(Channel.valueOf(row.get("channel", String.class)), row.get("applied_at", Instant.class),
                row.get("ended_at", Instant.class), row.get("end_reason", String.class), json.readValue(
                        cipher.decrypt("queue_entry", "sealed_needs", id, row.get("sealed_needs", byte[].class)),
                        Needs.class));
    }
}
