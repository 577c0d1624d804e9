package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.evaluation.Facts;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads applications. */
@Component
public class ApplicationReader {

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
    };
    private static final TypeReference<List<Review>> REVIEWS = new TypeReference<>() {
    };
    private static final String SELECT = """
            SELECT a.id, a.version, a.scheme_id, a.scheme_version, a.state, a.owner_subject, a.area_code, a.name_sealed,
                   a.id_number_sealed, a.phone_sealed, a.account_sealed, a.draft_facts, a.case_date,
                   lower(a.period) AS first_month, a.monthly_fen, a.ceiling_fen, a.months, a.review_due, a.review_provisional,
                   a.notice_ends, a.notice_from, a.notice_days, a.notice_provisional, a.review_round, a.review_anew,
                   a.demo, a.created_at, a.submitted_at,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'level', r.level, 'round', r.round,
                           'decision', r.decision, 'reviewerOrg', r.reviewer_org, 'reasons', r.reasons, 'comment', r.comment,
                           'decidedAt', r.decided_at, 'amountFen', r.amount_fen,
                           'amountReason', r.amount_reason) ORDER BY r.decided_at), '[]')
                      FROM review r WHERE r.application_id = a.id) AS reviews
              FROM application a
            """;

    private final DatabaseClient database;
    private final ApplicantSeal seal;
    private final SchemeCatalogue catalogue;
    private final JsonMapper json;

    ApplicationReader(DatabaseClient database, ApplicantSeal seal, SchemeCatalogue catalogue, JsonMapper json) {
        this.database = database;
        this.seal = seal;
        this.catalogue = catalogue;
        this.json = json;
    }

    /** @throws ProblemException 404 */
    public Mono<Application> get(UUID id) {
        return one(SELECT + " WHERE a.id = :id AND a.erasure_id IS NULL", id);
    }

    /** Who is told what happens to them. */
    public Mono<Map<UUID, String>> owners(List<UUID> applications) {
        return database.sql("SELECT id, owner_subject FROM application WHERE id = ANY(:ids)")
                .bind("ids", applications.toArray(UUID[]::new))
                .map(row -> Map.entry(row.get("id", UUID.class), row.get("owner_subject", String.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Reads the row and keeps it from changing until the transaction ends; entries may be booked for it meanwhile. */
    public Mono<Application> lock(UUID id) {
        return one(SELECT + " WHERE a.id = :id AND a.erasure_id IS NULL FOR NO KEY UPDATE OF a", id);
    }

    private Mono<Application> one(String sql, UUID id) {
        return database.sql(sql).bind("id", id).map(this::application).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这份申请")));
    }

    /** The applications of one citizen, of one district, or (both null) of the city; drafts are seen by their owner only. */
    Mono<List<Application>> list(@Nullable String owner, @Nullable String area, @Nullable ApplicationState state,
            PageRequest page) {
        return database.sql(SELECT + """
                 WHERE (:owner::text IS NULL OR a.owner_subject = :owner)
                   AND (:area::text IS NULL OR a.area_code = :area)
                   AND (:state::text IS NULL OR a.state = :state)
                   AND (:owner::text IS NOT NULL OR a.state <> 'draft')
                   AND a.id > :after AND a.erasure_id IS NULL
                 ORDER BY a.id
                 LIMIT :limit
                """)
                .bind("owner", Parameter.fromOrEmpty(owner, String.class))
                .bind("area", Parameter.fromOrEmpty(area, String.class))
                .bind("state", Parameter.fromOrEmpty(state == null ? null : state.code(), String.class))
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(this::application)
                .all()
                .collectList();
    }

    /** All of one citizen, oldest first; more than a hundred are not expected. */
    public Mono<List<Application>> ownedBy(String subject) {
        return list(subject, null, null, new PageRequest(100, List.of()));
    }

    /** Whoever they belong to. */
    public Mono<List<Application>> inState(ApplicationState state, PageRequest page) {
        return list(null, null, state, page);
    }

    private Application application(Readable row) {
        UUID id = row.get("id", UUID.class);
        Applicant applicant = seal.open(id, new ApplicantSeal.Sealed(row.get("name_sealed", byte[].class),
                row.get("id_number_sealed", byte[].class), null, row.get("phone_sealed", byte[].class),
                row.get("account_sealed", byte[].class)));
        return new Application(id, row.get("version", Long.class), ApplicationState.of(row.get("state", String.class)),
                row.get("scheme_id", String.class), row.get("scheme_version", Integer.class),
                row.get("owner_subject", String.class), row.get("area_code", String.class), applicant,
                facts(row.get("draft_facts", String.class)), terms(row), deadline(row),
                notice(row), json.readValue(row.get("reviews", String.class), REVIEWS),
                row.get("review_round", Integer.class), row.get("review_anew", Boolean.class),
                row.get("demo", Boolean.class), row.get("created_at", OffsetDateTime.class),
                row.get("submitted_at", OffsetDateTime.class));
    }

    private Facts facts(String text) {
        return catalogue.facts().read(json.readValue(text, FACTS)).stored();
    }

    private static Application.@Nullable Terms terms(Readable row) {
        LocalDate caseDate = row.get("case_date", LocalDate.class);
        return caseDate == null
                ? null
                : new Application.Terms(caseDate,
                        YearMonth.from(row.get("first_month", LocalDate.class)), row.get("months", Integer.class),
                        row.get("monthly_fen", Long.class), row.get("ceiling_fen", Long.class));
    }

    private static @Nullable NoticePeriod notice(Readable row) {
        LocalDate ends = row.get("notice_ends", LocalDate.class);
        LocalDate from = row.get("notice_from", LocalDate.class);
        return ends == null
                ? null
                : new NoticePeriod(from == null ? ends : from, List.of(row.get("notice_days", Integer[].class)),
                        new Deadline(ends, row.get("notice_provisional", Boolean.class)));
    }

    private static @Nullable Deadline deadline(Readable row) {
        LocalDate due = row.get("review_due", LocalDate.class);
        return due == null
                ? null
                : new Deadline(due, Boolean.TRUE.equals(row.get("review_provisional", Boolean.class)));
    }
}
