package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.subsidy.money.Fen;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Filings, their rows and what was said of them. Names and numbers of the insured are sealed. */
@Component
class Filings {

    private static final TypeReference<List<Filing.Paper>> PAPERS = new TypeReference<>() {
    };
    private static final TypeReference<List<Filing.Opinion>> OPINIONS = new TypeReference<>() {
    };
    private static final String SELECT = """
            SELECT f.id, f.version, f.round_id, r.year, f.area_code, f.state, r.filing_due, r.filing_provisional, f.filed_at,
                   f.filed_late, f.district_due, f.district_provisional, f.district_late, f.note, f.bank_reference,
                   r.account_sealed, f.review_round,
                   (SELECT count(*) FROM insurance_row w WHERE w.filing_id = f.id)::int AS rows,
                   (SELECT coalesce(sum(w.subsidy_fen), 0) FROM insurance_row w WHERE w.filing_id = f.id)::bigint AS subsidy,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'mediaType', p.media_type,
                           'sizeBytes', p.size_bytes, 'sha256', encode(p.sha256, 'hex')) ORDER BY p.id), '[]')
                      FROM insurance_file p WHERE p.filing_id = f.id) AS files,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('round', o.review_round, 'level', o.level, 'office', o.office, 'passed',
                           o.decision = 'pass', 'comment', o.comment, 'decidedAt', o.decided_at) ORDER BY o.decided_at), '[]')
                      FROM insurance_opinion o WHERE o.filing_id = f.id) AS opinions
              FROM insurance_filing f JOIN insurance_round r ON r.id = f.round_id
            """;
    private final DatabaseClient database;
    private final Rounds rounds;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Filings(DatabaseClient database, Rounds rounds, FieldCipher cipher, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.rounds = rounds;
        this.cipher = cipher;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Void> insert(UUID id, UUID round, String area) {
        return database.sql("""
                INSERT INTO insurance_filing (id, round_id, area_code, state, created_at)
                VALUES (:id, :round, :area, 'draft', :now)
                """)
                .bind("id", id).bind("round", round).bind("area", area).bind("now", OffsetDateTime.now(clock)).then();
    }

    /** @throws ProblemException 404 */
    Mono<Filing> get(UUID id) {
        return one(SELECT + " WHERE f.id = :id", id);
    }

    /** Keeps it from changing until the transaction ends. */
    Mono<Filing> lock(UUID id) {
        return one(SELECT + " WHERE f.id = :id FOR NO KEY UPDATE OF f", id);
    }

    private Mono<Filing> one(String sql, UUID id) {
        return database.sql(sql).bind("id", id).map(this::filing).one().switchIfEmpty(Mono.error(Filings::missing));
    }

    static ProblemException missing() {
        return ProblemException.of(CommonProblem.NOT_FOUND, "没有这份保费补贴申报");
    }

    /** Of one insurer, of one district, or (both null) of the city. */
    Mono<List<Filing>> list(@Nullable String leadOrg, @Nullable String area, UUID after, int limit) {
        return database.sql(SELECT + """
                 WHERE (:lead::text IS NULL OR r.lead_org = :lead) AND (:area::text IS NULL OR f.area_code = :area)
                   AND (:lead::text IS NOT NULL OR f.state <> 'draft') AND f.id > :after
                 ORDER BY f.id LIMIT :limit
                """)
                .bind("lead", Parameter.fromOrEmpty(leadOrg, String.class))
                .bind("area", Parameter.fromOrEmpty(area, String.class))
                .bind("after", after)
                .bind("limit", limit)
                .map(this::filing)
                .all()
                .collectList();
    }

    Mono<Void> replaceRows(Filing filing, List<TableRules.Row> rows) {
        return database.sql("DELETE FROM insurance_row WHERE filing_id = :id").bind("id", filing.id()).then()
                .thenMany(Flux.fromIterable(rows)).concatMap(row -> insert(filing, row)).then();
    }

    private Mono<Void> insert(Filing filing, TableRules.Row row) {
        UUID id = ids.next();
        return database.sql("""
                INSERT INTO insurance_row (id, filing_id, round_id, line, scheme_id, scheme_version, name_sealed, id_sealed,
                       id_index, company, policy_number, premium_fen, subsidy_fen, facts)
                VALUES (:id, :filing, :round, :line, :scheme, :version, :name, :number, :index, :company, :policy, :premium,
                       :subsidy, :facts)
                """)
                .bind("id", id)
                .bind("filing", filing.id())
                .bind("round", filing.roundId())
                .bind("line", row.line())
                .bind("scheme", row.scheme().scheme().id())
                .bind("version", row.scheme().scheme().version())
                .bind("name", cipher.encrypt("insurance_row", "name", id, row.name()))
                .bind("number", cipher.encrypt("insurance_row", "id_number", id, row.idNumber()))
                .bind("index", cipher.blindIndex("application.id_number", row.idNumber()))
                .bind("company", row.company())
                .bind("policy", row.policyNumber())
                .bind("premium", row.premium().value())
                .bind("subsidy", row.subsidy().value())
                .bind("facts", Json.of(json.writeValueAsString(row.facts().values())))
                .then();
    }

    /** What one insured gets, and by which version of which scheme. */
    record Subsidy(String scheme, int version, Fen amount) {
    }

    Mono<List<Subsidy>> subsidies(UUID filing) {
        return database.sql("""
                SELECT scheme_id, scheme_version, subsidy_fen FROM insurance_row WHERE filing_id = :id ORDER BY line
                """)
                .bind("id", filing)
                .map(row -> new Subsidy(row.get("scheme_id", String.class), row.get("scheme_version", Integer.class),
                        new Fen(row.get("subsidy_fen", Long.class))))
                .all()
                .collectList();
    }

    Mono<Void> addOpinion(Filing filing, String level, Filing.Office office, boolean passed, String comment,
            String subject, String org) {
        return database.sql("""
                INSERT INTO insurance_opinion (id, filing_id, level, office, decision, comment, subject, org, decided_at)
                VALUES (:id, :filing, :level, :office, :decision, :comment, :subject, :org, :now)
                """)
                .bind("id", ids.next())
                .bind("filing", filing.id())
                .bind("level", level)
                .bind("office", office.role())
                .bind("decision", passed ? "pass" : "reject")
                .bind("comment", comment)
                .bind("subject", subject)
                .bind("org", org)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** When the papers were in order, and until when the district reviews them. */
    record InOrder(LocalDate on, Deadline districtDue) {
    }

    /** What changes with a step, besides the state; null: stays as it is. */
    record Change(@Nullable OffsetDateTime filedAt, @Nullable Boolean filedLate, @Nullable InOrder inOrder,
            @Nullable Boolean districtLate, @Nullable String note, @Nullable String bankReference) {

        static final Change NONE = new Change(null, null, null, null, null, null);
    }

    Mono<Void> move(Filing filing, FilingRules.State next, Change change) {
        InOrder inOrder = change.inOrder();
        Deadline due = inOrder == null ? null : inOrder.districtDue();
        return database.sql("""
                UPDATE insurance_filing
                   SET state = :state, version = version + 1, filed_at = coalesce(:filedAt, filed_at),
                       filed_late = coalesce(:filedLate, filed_late), in_order_on = coalesce(:inOrderOn, in_order_on),
                       district_warned_at = CASE WHEN :inOrderOn::date IS NULL THEN district_warned_at END,
                       district_missed_at = CASE WHEN :inOrderOn::date IS NULL THEN district_missed_at END,
                       district_due = coalesce(:due, district_due),
                       district_provisional = coalesce(:provisional, district_provisional),
                       district_late = coalesce(:districtLate, district_late), note = coalesce(:note, note),
                       bank_reference = coalesce(:reference, bank_reference)
                 WHERE id = :id AND version = :version
                """)
                .bind("state", next.code())
                .bind("filedAt", Parameter.fromOrEmpty(change.filedAt(), OffsetDateTime.class))
                .bind("filedLate", Parameter.fromOrEmpty(change.filedLate(), Boolean.class))
                .bind("inOrderOn", Parameter.fromOrEmpty(inOrder == null ? null : inOrder.on(), LocalDate.class))
                .bind("due", Parameter.fromOrEmpty(due == null ? null : due.lastDay(), LocalDate.class))
                .bind("provisional", Parameter.fromOrEmpty(due == null ? null : due.provisional(), Boolean.class))
                .bind("districtLate", Parameter.fromOrEmpty(change.districtLate(), Boolean.class))
                .bind("note", Parameter.fromOrEmpty(change.note(), String.class))
                .bind("reference", Parameter.fromOrEmpty(change.bankReference(), String.class))
                .bind("id", filing.id())
                .bind("version", filing.version())
                .fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    private Filing filing(Readable row) {
        FilingRules.State state = FilingRules.State.of(row.get("state", String.class));
        LocalDate due = row.get("district_due", LocalDate.class);
        UUID round = row.get("round_id", UUID.class);
        Filing.Round of = new Filing.Round(round, row.get("year", Integer.class), "", "", 0, LocalDate.MIN,
                LocalDate.MIN, new Deadline(row.get("filing_due", LocalDate.class),
                        row.get("filing_provisional", Boolean.class)),
                rounds.account(round, row.get("account_sealed", byte[].class)), false);
        return new Filing(row.get("id", UUID.class), row.get("version", Long.class), round, of.year(),
                row.get("area_code", String.class), state, state.label(), of.filingDue(),
                row.get("filed_at", OffsetDateTime.class), row.get("filed_late", Boolean.class),
                due == null ? null : new Deadline(due, row.get("district_provisional", Boolean.class)),
                row.get("district_late", Boolean.class), row.get("rows", Integer.class),
                row.get("subsidy", Long.class), row.get("note", String.class), of.maskedAccount(),
                row.get("bank_reference", String.class), json.readValue(row.get("files", String.class), PAPERS),
                row.get("review_round", Integer.class), json.readValue(row.get("opinions", String.class), OPINIONS));
    }
}
