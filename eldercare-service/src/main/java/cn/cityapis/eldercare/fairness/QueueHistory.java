package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.eldercare.waitlist.OfferedBed;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import cn.cityapis.platform.pii.FieldCipher;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the log of a home's queue with the lists frozen in its offers and, beside it, the tables as they stand. */
@Repository
class QueueHistory {

    private static final int MOST_LIST_BYTES = 1 << 20;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final int portion;

    QueueHistory(DatabaseClient database, FieldCipher cipher, JsonMapper json,
            @Value("${eldercare.fairness.portion:2000}") int portion) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
        this.portion = portion;
    }

    /** An event and, of an offer, what that says of itself. */
    record Recorded(QueueEvent event, @Nullable FrozenList list) {
    }

    /** From the first on, in portions, each of which is read to its end before it is gone through. */
    Flux<Recorded> events(UUID home) {
        return portions(after -> database.sql("""
                select v.seq, v.kind, v.entry_id, v.application_id, v.queue_number, v.channel, v.applied_at, v.phase,
                       v.sealed_needs, v.offer_id, v.bed::text as bed, v.reason, v.at, v.recorded_at,
                       o.entry_id as offer_entry, o.bed_id as offer_bed, coalesce(pg_column_size(o.candidates), 0) as list_bytes
                from queue_event v left join offer o on o.id = v.offer_id
                where v.home_id = :home and v.seq > :after order by v.seq limit :rows
                """)
                .bind("home", home)
                .bind("after", after)
                .bind("rows", portion)
                .map(row -> Sealed.of(home, row))
                .all(), sealed -> sealed.event().seq())
                .concatMap(read -> Flux.fromIterable(withLists(read))
                        .concatMap(part -> lists(part).publishOn(Schedulers.boundedElastic())
                                .flatMapIterable(lists -> part.stream().map(sealed -> unseal(sealed, lists)).toList()),
                                1),
                        1);
    }

    /** Until one comes short; the last of each leads to the next. */
    private <T> Flux<List<T>> portions(LongFunction<Flux<T>> read, ToLongFunction<T> number) {
        return portion(read, Long.MIN_VALUE)
                .expand(last -> last.size() < portion
                        ? Mono.empty()
                        : portion(read, number.applyAsLong(last.getLast())));
    }

    private static <T> Mono<List<T>> portion(LongFunction<Flux<T>> read, long after) {
        return read.apply(after).collectList();
    }

    /** So many events at once that the lists of their offers, each as long as the queue may be, find room. */
    private static List<List<Sealed>> withLists(List<Sealed> portion) {
        List<List<Sealed>> parts = new ArrayList<>();
        long bytes = MOST_LIST_BYTES + 1L;
        for (Sealed sealed : portion) {
            bytes += sealed.listBytes();
            if (bytes > MOST_LIST_BYTES) {
                parts.add(new ArrayList<>());
                bytes = sealed.listBytes();
            }
            parts.getLast().add(sealed);
        }
        return parts;
    }

    private Mono<Map<UUID, String>> lists(List<Sealed> part) {
        UUID[] offers = part.stream().map(sealed -> sealed.event().offerId()).filter(Objects::nonNull)
                .toArray(UUID[]::new);
        return offers.length == 0
                ? Mono.just(Map.of())
                : database.sql("select id, candidates::text as candidates from offer where id = any(:ids)")
                        .bind("ids", offers)
                        .map(row -> Map.entry(row.get("id", UUID.class), row.get("candidates", String.class)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The number of the last event that was ever written for a home. */
    Mono<Long> lastNumber(UUID home) {
        return database.sql("select last_event_seq from home where id = :home").bind("home", home)
                .mapValue(Long.class).one();
    }

    Flux<QueueReplay.Standing> standing(UUID home) {
        return portions(after -> database.sql("""
                select e.id, e.queue_number, e.channel, e.applied_at, e.phase, e.end_reason,
                       e.sealed_needs, last.sealed_needs as recorded_needs
                from queue_entry e left join lateral (
                    select v.sealed_needs from queue_event v where v.entry_id = e.id order by v.seq desc limit 1) last on true
                where e.home_id = :home and e.queue_number > :after order by e.queue_number limit :rows
                """)
                .bind("home", home)
                .bind("after", after)
                .bind("rows", portion)
                .map(row -> new Stood(
                        new QueueReplay.Standing(row.get("id", UUID.class), row.get("queue_number", Integer.class),
                                Channel.valueOf(row.get("channel", String.class)),
                                row.get("applied_at", Instant.class),
                                Entry.Phase.valueOf(row.get("phase", String.class)),
                                row.get("end_reason", String.class), true),
                        row.get("sealed_needs", byte[].class), row.get("recorded_needs", byte[].class)))
                .all(), stood -> stood.standing().queueNumber())
                .publishOn(Schedulers.boundedElastic())
                .concatMapIterable(read -> read)
                .map(stood -> asRecorded(stood) ? stood.standing() : stood.standing().withOtherNeeds());
    }

    /** As read from the connection. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stood(QueueReplay.Standing standing, byte[] needs, byte @Nullable [] recorded) {
    }

    /** An event holds a copy of the entry's needs; sealed anew, it is another text of the same. */
    private boolean asRecorded(Stood stood) {
        if (stood.recorded() == null) {
            return false;
        }
        if (Arrays.equals(stood.needs(), stood.recorded())) {
            return true;
        }
        try {
            UUID entry = stood.standing().entryId();
            return open(entry, stood.needs()).equals(open(entry, stood.recorded()));
        } catch (IllegalStateException doesNotOpen) {
            return false;
        }
    }

    private Needs open(UUID entry, byte[] sealed) {
        return json.readValue(cipher.decrypt("queue_entry", "sealed_needs", entry, sealed), Needs.class);
    }

    /** An offer without an event. */
    record Unrecorded(UUID offerId, UUID entryId, Instant madeAt, boolean beforeTheLog) {
    }

    Flux<Unrecorded> unrecorded(UUID home) {
        return database.sql("""
                select o.id, o.entry_id, o.made_at, exists (
                           select 1 from queue_event v
                           where v.entry_id = o.entry_id and v.kind = 'CARRIED_OVER' and v.at > o.made_at) as earlier
                from offer o
                where o.home_id = :home and not exists (
                    select 1 from queue_event v where v.home_id = o.home_id and v.entry_id = o.entry_id and v.offer_id = o.id)
                order by o.made_at, o.id
                """)
                .bind("home", home)
                .map(row -> new Unrecorded(row.get("id", UUID.class), row.get("entry_id", UUID.class),
                        row.get("made_at", Instant.class), Boolean.TRUE.equals(row.get("earlier", Boolean.class))))
                .all();
    }

    /** When those who ever stood in this home's queue had offers of other homes. */
    Mono<Elsewhere> elsewhere(UUID home) {
        return database.sql("""
                select v.application_id, v.recorded_at as opened, (
                           select min(n.recorded_at) from queue_event n
                           where n.entry_id = v.entry_id and n.seq > v.seq and n.phase <> 'OFFERED') as closed
                from queue_event v
                where v.kind in ('OFFERED', 'CARRIED_OVER') and v.phase = 'OFFERED' and v.home_id <> :home
                  and v.application_id in (select application_id from queue_entry where home_id = :home)
                """)
                .bind("home", home)
                .map(row -> new Opened(row.get("application_id", UUID.class), new Elsewhere.Span(
                        row.get("opened", Instant.class), row.get("closed", Instant.class))))
                .all()
                .collect(Collectors.groupingBy(Opened::application,
                        Collectors.mapping(Opened::span, Collectors.toList())))
                .map(Elsewhere::new);
    }

    private record Opened(UUID application, Elsewhere.Span span) {
    }

    /** As read from the connection. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sealed(QueueEvent event, byte[] needs, @Nullable String bed, @Nullable UUID offerEntry,
            @Nullable UUID offerBed, int listBytes) {

        private static final Needs UNREAD = new Needs(null, Needs.Sex.FEMALE, Set.of());

        static Sealed of(UUID home, Readable row) {
            QueueEvent event = new QueueEvent(home, row.get("seq", Long.class),
                    QueueEvent.Kind.valueOf(row.get("kind", String.class)), row.get("entry_id", UUID.class),
                    row.get("application_id", UUID.class), row.get("queue_number", Integer.class),
                    Channel.valueOf(row.get("channel", String.class)), row.get("applied_at", Instant.class),
                    Entry.Phase.valueOf(row.get("phase", String.class)), UNREAD, row.get("offer_id", UUID.class), null,
                    row.get("reason", String.class), row.get("at", Instant.class),
                    row.get("recorded_at", Instant.class));
            return new Sealed(event, row.get("sealed_needs", byte[].class), row.get("bed", String.class),
                    row.get("offer_entry", UUID.class), row.get("offer_bed", UUID.class),
                    row.get("list_bytes", Integer.class));
        }
    }

    private Recorded unseal(Sealed sealed, Map<UUID, String> lists) {
        QueueEvent event = sealed.event();
        Needs needs = open(event.entryId(), sealed.needs());
        OfferedBed bed = sealed.bed() == null ? null : json.readValue(sealed.bed(), OfferedBed.class);
        return new Recorded(event.with(needs, bed),
                list(sealed, event.offerId() == null ? null : lists.get(event.offerId())));
    }

    private @Nullable FrozenList list(Sealed sealed, @Nullable String candidates) {
        if (sealed.offerEntry() == null || sealed.offerBed() == null || candidates == null) {
            return null;
        }
        return new FrozenList(sealed.offerEntry(), sealed.offerBed(),
                json.readValue(candidates, new TypeReference<List<Candidate>>() {
                }));
    }
}
