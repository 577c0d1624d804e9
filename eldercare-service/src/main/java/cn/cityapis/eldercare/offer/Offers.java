package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Waitlist;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The offers; partial unique indexes allow one live offer per bed and per person, whatever races. */
@Repository
class Offers {

    private static final String COLUMNS = """
            select id, version, home_id, bed_id, entry_id, application_id, state, made_at, made_by,
                   move_in_by, deadline_provisional, ended_at
            from offer
            """;

    private final DatabaseClient database;
    private final Waitlist waitlist;
    private final JsonMapper json;

    Offers(DatabaseClient database, Waitlist waitlist, JsonMapper json) {
        this.database = database;
        this.waitlist = waitlist;
        this.json = json;
    }

    /** The front of a home's queue, with who already has an offer; the caller holds the home, so that it stays. */
    Mono<QueueFront> front(UUID home) {
        return read(home, null, List.of());
    }

    /** The same and as much again three times over; how far one must look is not known before. */
    Mono<QueueFront> further(QueueFront front) {
        return read(front.home(), Waitlist.Place.of(front.last()), front.places());
    }

    private Mono<QueueFront> read(UUID home, Waitlist.@Nullable Place after, List<OfferRules.Standing> before) {
        int rows = before.isEmpty() ? QueueFront.FIRST : before.size() * 3;
        return waitlist.inOrder(home, after, rows).flatMap(this::standing).flatMap(read -> {
            List<OfferRules.Standing> places = Stream.concat(before.stream(), read.stream()).toList();
            Set<UUID> companions = QueueFront.companionsBehind(places);
            return (companions.isEmpty()
                    ? Mono.just(List.<OfferRules.Standing>of())
                    : waitlist.standing(home, companions).flatMap(this::standing))
                    .map(behind -> new QueueFront(home, places, behind, read.size() < rows));
        });
    }

    private Mono<List<OfferRules.Standing>> standing(List<Entry> entries) {
        return entries.isEmpty()
                ? Mono.just(List.of())
                : withOffers(entries.stream().map(Entry::applicationId).toList()).map(offered -> entries.stream()
                        .map(entry -> new OfferRules.Standing(entry, offered.contains(entry.applicationId())))
                        .toList());
    }

    private Mono<Set<UUID>> withOffers(List<UUID> applications) {
        return database.sql("""
                select application_id from offer
                where application_id = any(:ids) and state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED')
                """)
                .bind("ids", applications.toArray(UUID[]::new))
                .map(row -> row.get("application_id", UUID.class))
                .all()
                .collectList()
                .map(HashSet::new);
    }

    /** 409 if bed or person has a live offer already. */
    Mono<Void> insert(Offer offer, List<Candidate> candidates, byte[] personIndex, @Nullable UUID pair) {
        return database.sql("""
                insert into offer (id, version, home_id, bed_id, entry_id, application_id, person_index, state, candidates,
                                   made_at, made_by, move_in_by, deadline_provisional, pair_id)
                values (:id, 1, :home, :bed, :entry, :application, :person, 'OPEN', :candidates, :at, :by, :until, :provisional, :pair)
                """)
                .bind("id", offer.id())
                .bind("home", offer.homeId())
                .bind("bed", offer.bedId())
                .bind("entry", offer.entryId())
                .bind("application", offer.applicationId())
                .bind("person", personIndex)
                .bind("candidates", Json.of(json.writeValueAsString(candidates)))
                .bind("at", offer.madeAt())
                .bind("by", offer.madeBy())
                .bind("until", offer.moveInBy().lastDay())
                .bind("provisional", offer.moveInBy().provisional())
                .bind("pair", Parameter.fromOrEmpty(pair, UUID.class))
                .then()
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException.of(EldercareProblem.OFFER_OPEN));
    }

    /** 404 if there is none. */
    Mono<Offer> get(UUID id) {
        return database.sql(COLUMNS + "where id = :id").bind("id", id).map(this::read).one().switchIfEmpty(notFound());
    }

    /** The caller holds the application's row, which comes before the offer's. */
    Mono<Offer> lock(UUID id) {
        return database.sql(COLUMNS + "where id = :id for update").bind("id", id).map(this::read).one()
                .switchIfEmpty(notFound());
    }

    Mono<Offer> lockLiveOf(UUID application) {
        return database.sql(COLUMNS + """
                where application_id = :id and state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED') for update
                """).bind("id", application).map(this::read).one();
    }

    /** One statement settles a race: 409 if the offer is no longer in that state. */
    Mono<Offer> move(Offer offer, Offer.State to, Instant at) {
        return database.sql("""
                update offer set state = :to, version = version + 1, ended_at = :ended
                where id = :id and state = :from and version = :version
                """)
                .bind("id", offer.id())
                .bind("to", to.name())
                .bind("from", offer.state().name())
                .bind("version", offer.version())
                .bind("ended", Parameter.fromOrEmpty(to.isLive() ? null : at, Instant.class))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1
                        ? get(offer.id())
                        : Mono.error(() -> ProblemException.of(CommonProblem.STALE)));
    }

    /** Its last day counted again; the caller holds it. */
    Mono<Void> moveInBy(UUID id, Deadline by) {
        return database.sql("""
                update offer set move_in_by = :last, deadline_provisional = :provisional, version = version + 1 where id = :id
                """)
                .bind("id", id)
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .then();
    }

    /** A part of the list that an offer was made from, from after a place on. */
    Mono<List<Candidate>> candidates(UUID id, int after, int rows) {
        return database.sql("""
                select line.of::text as line
                from offer o cross join lateral jsonb_array_elements(o.candidates) with ordinality as line (of, place)
                where o.id = :id and line.place > :after order by line.place limit :rows
                """)
                .bind("id", id)
                .bind("after", after)
                .bind("rows", rows)
                .map(row -> json.readValue(row.get("line", String.class), Candidate.class))
                .all()
                .collectList();
    }

    Mono<List<Offer>> ofHome(UUID home, @Nullable UUID before, int rows) {
        return database.sql(COLUMNS + """
                where home_id = :home and (:before::uuid is null or id < :before::uuid) order by id desc limit :rows
                """)
                .bind("home", home)
                .bind("before", Parameter.fromOrEmpty(before, UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** Those without moving in whose certain deadline has passed; nothing is forfeited on a provisional one. */
    Mono<List<UUID>> overdue(LocalDate today, int rows) {
        return database.sql("""
                select id from offer
                where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED') and move_in_by < :today and not deadline_provisional
                order by move_in_by, id limit :rows
                """)
                .bind("today", today)
                .bind("rows", rows)
                .map(row -> row.get("id", UUID.class))
                .all()
                .collectList();
    }

    /** The offer to the other of a couple, while it has not been answered. */
    Mono<Offer> openOfPair(Offer one) {
        return database.sql(COLUMNS + """
                where id <> :id and state = 'OPEN' and pair_id = (select pair_id from offer where id = :id)
                """).bind("id", one.id()).map(this::read).one();
    }

    Mono<List<UUID>> liveOf(UUID home) {
        return database.sql("""
                select id from offer where home_id = :home and state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED') order by id
                """).bind("home", home).map(row -> row.get("id", UUID.class)).all().collectList();
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND));
    }

    private Offer read(Readable row) {
        return new Offer(row.get("id", UUID.class), row.get("version", Long.class), row.get("home_id", UUID.class),
                row.get("bed_id", UUID.class), row.get("entry_id", UUID.class), row.get("application_id", UUID.class),
                Offer.State.valueOf(row.get("state", String.class)),
                row.get("made_at", Instant.class), row.get("made_by", String.class),
                new Deadline(row.get("move_in_by", LocalDate.class), row.get("deadline_provisional", Boolean.class)),
                row.get("ended_at", Instant.class));
    }
}
