package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The applications; the personal part is sealed as a whole. */
@Repository
public class Applications {

    static final String TABLE = "application";
    static final String ID_NUMBER = "person.id_number";
    private static final String COLUMNS = """
            select id, owner_subject, version, state, state_facts::text as state_facts, rule_book_id, handed_in_on,
                   review_home, agency_org, sealed, missing_sealed, submitted_at, created_at
            from application where erasure_id is null
            """;

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    Applications(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    public Mono<Void> insert(Application application) {
        return database.sql("""
                insert into application (id, owner_subject, version, state, state_facts, live, rule_book_id, channel,
                                         masked_name, person_index, sealed, created_at)
                values (:id, :owner, 1, :state, :facts, true, :book, :channel, :name, :person, :sealed, :at)
                """)
                .bind("id", application.id())
                .bind("owner", application.owner())
                .bind("state", application.state().name().name())
                .bind("facts", facts(application))
                .bind("book", application.ruleBookId())
                .bind("channel", application.dossier().channel().channel().name())
                .bind("name", maskedName(application))
                .bind("person", Parameter.fromOrEmpty(personIndex(application), byte[].class))
                .bind("sealed", seal(application))
                .bind("at", application.createdAt())
                .then();
    }

    /** All that were ever filed for the same person, in order of id; this one among them. */
    Mono<List<Application>> ofSamePerson(UUID id) {
        return database.sql(COLUMNS + """
                and (id = :id or person_index = (select p.person_index from application p where p.id = :id)) order by id
                """).bind("id", id).map(this::read).all().collectList();
    }

    /** Empty if there is none. */
    public Mono<Application> find(UUID id) {
        return database.sql(COLUMNS + "and id = :id").bind("id", id).map(this::read).one();
    }

    /**
     * Holds the rows of the homes in whose queues it stands or stood, then its own, until the transaction ends: whatever
     * is decided about it, its places there or the bed it holds may change with it. 404 if there is none.
     */
    public Mono<Application> lock(UUID id) {
        return database.sql("""
                select h.id from home h
                where h.id in (select e.home_id from queue_entry e where e.application_id = :id)
                order by h.id for no key update
                """).bind("id", id).fetch().all().then(lockUnderHome(id));
    }

    /** For a decision that changes its place in one queue only, whose home the caller holds. */
    public Mono<Application> lockUnderHome(UUID id) {
        return database.sql(COLUMNS + "and id = :id for update")
                .bind("id", id)
                .map(this::read)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)));
    }

    /**
     * Writes state and dossier as the next version.
     *
     * @throws ProblemException 409 if the same person has another application running, 412 if the row moved on
     */
    public Mono<Application> update(Application application) {
        return database.sql("""
                update application
                set version = version + 1, state = :state, state_facts = :facts, live = :live, channel = :channel,
                    rule_book_id = :book, handed_in_on = :handedIn, review_home = :home, agency_org = :agency,
                    masked_name = :name, person_index = :person, sealed = :sealed, missing_sealed = :missing,
                    submitted_at = :submitted
                where id = :id and version = :version
                returning version
                """)
                .bind("id", application.id())
                .bind("version", application.version())
                .bind("state", application.state().name().name())
                .bind("facts", facts(application))
                .bind("live", application.state().name().isLive())
                .bind("channel", application.dossier().channel().channel().name())
                .bind("book", application.ruleBookId())
                .bind("handedIn", Parameter.fromOrEmpty(application.handedInOn(), LocalDate.class))
                .bind("home", Parameter.fromOrEmpty(application.reviewHome(), UUID.class))
                .bind("agency", Parameter.fromOrEmpty(application.agencyOrg(), String.class))
                .bind("name", maskedName(application))
                .bind("person", Parameter.fromOrEmpty(personIndex(application), byte[].class))
                .bind("sealed", seal(application))
                .bind("missing", missing(application))
                .bind("submitted", Parameter.fromOrEmpty(application.submittedAt(), Instant.class))
                .map(row -> version(application, row.get("version", Long.class)))
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.STALE)))
                .onErrorMap(DuplicateKeyException.class, e -> ProblemException
                        .of(EldercareProblem.DUPLICATE_APPLICATION, "同一老年人只能有一份正在办理的申请，请先完成或撤回原申请"));
    }

    public Mono<List<Application>> ownedBy(String subject, @Nullable UUID before, int rows) {
        return database.sql(COLUMNS + """
                and owner_subject = :subject and (:before::uuid is null or id < :before::uuid)
                order by id desc limit :rows
                """)
                .bind("subject", subject)
                .bind("before", Parameter.fromOrEmpty(before, UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** Those that a home reviews, in order of application. */
    public Mono<List<Application>> reviewedBy(String org, ApplicationState.@Nullable Name state,
            @Nullable Handed after, int rows) {
        return database.sql(COLUMNS + """
                and review_home = any(select h.id from home h where h.org = :org)
                  and (:state::text is null or state = :state)
                  and (:after::uuid is null or (submitted_at, id) > (:at::timestamptz, :after::uuid))
                order by submitted_at, id limit :rows
                """)
                .bind("org", org)
                .bind("state", Parameter.fromOrEmpty(state == null ? null : state.name(), String.class))
                .bind("after", Parameter.fromOrEmpty(after == null ? null : after.id(), UUID.class))
                .bind("at", Parameter.fromOrEmpty(after == null ? null : after.at(), Instant.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** Those to be assessed, booked or not, called by channel and order of application (第十六条). */
    public Mono<List<Application>> calledBy(String agency, @Nullable Call after, int rows) {
        return database.sql(COLUMNS + """
                and agency_org = :agency and state in ('QUALIFIED', 'ASSESSMENT_BOOKED')
                  and (:rank::int is null or (array_position(array['SPECIAL', 'PRIORITY', 'ORDINARY'], channel), submitted_at, id)
                      > (:rank::int, :at::timestamptz, :id::uuid))
                order by array_position(array['SPECIAL', 'PRIORITY', 'ORDINARY'], channel), submitted_at, id limit :rows
                """)
                .bind("agency", agency)
                .bind("rank", Parameter.fromOrEmpty(after == null ? null : after.channel().rank(), Integer.class))
                .bind("at", Parameter.fromOrEmpty(after == null ? null : after.at(), Instant.class))
                .bind("id", Parameter.fromOrEmpty(after == null ? null : after.id(), UUID.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** How many of his agency stand before him and have not been called yet (第十六条). */
    public Mono<Long> uncalledBefore(Application application) {
        return database.sql("""
                select count(*) as ahead from application
                where agency_org = :agency and state = 'QUALIFIED'
                  and (array_position(array['SPECIAL', 'PRIORITY', 'ORDINARY'], channel), submitted_at, id)
                      < (:rank::int, :at::timestamptz, :id::uuid)
                """)
                .bind("agency", String.valueOf(application.agencyOrg()))
                .bind("rank", application.dossier().channel().channel().rank())
                .bind("at", Objects.requireNonNull(application.submittedAt()))
                .bind("id", application.id())
                .map(row -> row.get("ahead", Long.class))
                .one();
    }

    /** Those whose disputed assessment an agency looks at again, the earliest objection first (第十八条). */
    public Mono<List<Application>> recheckedBy(String agency, @Nullable Handed after, int rows) {
        return database.sql(COLUMNS + """
                and live and coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'agencyOrg' = :agency
                  and coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'endedAt' is null
                  and (:after::uuid is null
                       or (coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'objectedAt' collate "C", id)
                          > (:at::text, :after::uuid))
                order by coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'objectedAt' collate "C", id
                limit :rows
                """)
                .bind("agency", agency)
                .bind("after", Parameter.fromOrEmpty(after == null ? null : after.id(), UUID.class))
                .bind("at", Parameter.fromOrEmpty(after == null ? null : after.at().toString(), String.class))
                .bind("rows", rows)
                .map(this::read)
                .all()
                .collectList();
    }

    /** The rule book that it is judged by. */
    public Mono<String> ruleBookOf(UUID id) {
        return database.sql("select rule_book_id from application where id = :id").bind("id", id)
                .mapValue(String.class).one();
    }

    /** A place in the order of calling. */
    public record Call(Channel channel, Instant at, UUID id) {
    }

    /** The keyed digest of the older person's ID number; null while he has not given it. */
    public byte @Nullable [] personIndex(Application application) {
        ApplicationForm.Person person = application.dossier().form().applicant();
        String number = person == null ? null : person.idNumber();
        return number == null ? null : cipher.blindIndex(ID_NUMBER, number);
    }

    public static String maskedName(Application application) {
        ApplicationForm.Person person = application.dossier().form().applicant();
        String name = person == null ? null : person.name();
        return name == null ? "*" : Masking.name(name);
    }

    /**
     * Nothing of the person is left but his surname: the form is sealed anew without what was in it, and neither his
     * number nor who filed it leads here. The caller holds it; from now on it is found no more.
     */
    public Mono<Void> erase(Application application, UUID erasure) {
        ApplicationForm.Person nobody = new ApplicationForm.Person(maskedName(application), null, null, null, null);
        Application emptied = application.with(Dossier.of(new ApplicationForm(null, nobody, null, null, List.of(),
                List.of(), List.of())));
        return database.sql("""
                update application
                set version = version + 1, live = false, owner_subject = '', person_index = null, sealed = :sealed,
                    missing_sealed = case when missing_sealed is not null then ''::bytea end,
                    state_facts = state_facts - 'reason' - 'missing', erasure_id = :erasure
                where id = :id
                """)
                .bind("id", application.id())
                .bind("sealed", seal(emptied))
                .bind("erasure", erasure)
                .then();
    }

    /** Gives drafts of before they were found by their person what finds them; each on its own. */
    public Mono<Void> indexDrafts() {
        return database.sql(COLUMNS + "and person_index is null and state = 'DRAFT' order by id")
                .map(this::read).all().filter(draft -> personIndex(draft) != null).collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(draft -> database
                        .sql("update application set person_index = :person where id = :id and version = :version")
                        .bind("id", draft.id())
                        .bind("version", draft.version())
                        .bind("person", Objects.requireNonNull(personIndex(draft)))
                        .then())
                .then();
    }

    /** Of before: reasons that the decisions tell, and what was missing in clear. Each on its own, beside all calls. */
    Mono<Void> sealFacts() {
        return database.sql("""
                update application set state_facts = state_facts - 'reason'
                where state in ('REJECTED', 'FORFEITED') and erasure_id is null and state_facts ->> 'reason' is not null
                """).then().thenMany(database.sql(COLUMNS + """
                and state = 'INCOMPLETE' and state_facts -> 'missing' ->> 0 is not null order by id
                """).map(this::read).all().collectList().flatMapMany(Flux::fromIterable))
                .concatMap(incomplete -> database.sql("""
                        update application set state_facts = :facts, missing_sealed = :missing
                        where id = :id and version = :version
                        """)
                        .bind("id", incomplete.id())
                        .bind("version", incomplete.version())
                        .bind("facts", facts(incomplete))
                        .bind("missing", missing(incomplete))
                        .then())
                .then();
    }

    private Application version(Application application, long version) {
        return new Application(application.id(), application.owner(), version, application.state(),
                application.ruleBookId(), application.handedInOn(), application.reviewHome(), application.agencyOrg(),
                application.dossier(),
                application.submittedAt(), application.createdAt());
    }

    /** What is missing tells of income and more: it is sealed beside the facts. */
    private Json facts(Application application) {
        return Json.of(json.writeValueAsString(application.state() instanceof ApplicationState.Incomplete incomplete
                ? new ApplicationState.Incomplete(List.of(), incomplete.notifiedAt())
                : application.state()));
    }

    private Parameter missing(Application application) {
        return Parameter.fromOrEmpty(application.state() instanceof ApplicationState.Incomplete incomplete
                ? cipher.encrypt(TABLE, "missing_sealed", application.id(),
                        json.writeValueAsString(incomplete.missing()))
                : null, byte[].class);
    }

    private ApplicationState withMissing(UUID id, ApplicationState state, byte @Nullable [] sealed) {
        return sealed != null && state instanceof ApplicationState.Incomplete incomplete
                && incomplete.missing().isEmpty()
                        ? new ApplicationState.Incomplete(
                                List.of(json.readValue(cipher.decrypt(TABLE, "missing_sealed", id, sealed),
                                        Missing[].class)),
                                incomplete.notifiedAt())
                        : state;
    }

    private byte[] seal(Application application) {
        return cipher.encrypt(TABLE, "sealed", application.id(), json.writeValueAsString(application.dossier()));
    }

    private Application read(Readable row) {
        UUID id = row.get("id", UUID.class);
        ApplicationState.Name state = ApplicationState.Name.valueOf(row.get("state", String.class));
        String dossier = cipher.decrypt(TABLE, "sealed", id, row.get("sealed", byte[].class));
        return new Application(id, row.get("owner_subject", String.class), row.get("version", Long.class),
                withMissing(id, json.readValue(row.get("state_facts", String.class), state.type()),
                        row.get("missing_sealed", byte[].class)),
                row.get("rule_book_id", String.class),
                Application.handedInOn(row.get("handed_in_on", LocalDate.class), state,
                        row.get("submitted_at", Instant.class), row.get("created_at", Instant.class)),
                row.get("review_home", UUID.class), row.get("agency_org", String.class),
                json.readValue(dossier, Dossier.class), row.get("submitted_at", Instant.class),
                row.get("created_at", Instant.class));
    }
}
