package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.table.BadLine;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Uploaded files and their lines in the database. */
@Repository
class CatalogueImports {

    private static final int LINES_AT_ONCE = 2_000;
    private static final String COLUMNS = """
            SELECT id, kind, state, received, fresh, corrections, unchanged, questioned, bad, uploaded_at, applied_at,
                   taken, based_on, version
              FROM catalogue_import
            """;
    /** The lines that become rows. */
    static final String TAKEN = """
            WITH taken AS (
                SELECT l.content FROM catalogue_import_line l
                 WHERE l.import_id = :id AND (l.verdict IN ('new', 'correction')
                                              OR (:questioned AND l.verdict = 'questioned')))
            """;
    private static final TypeReference<List<BadLine>> PROBLEMS = new TypeReference<>() {
    };

    private final DatabaseClient database;
    private final JsonMapper json;
    private final InstitutionRows institutions;

    CatalogueImports(DatabaseClient database, JsonMapper json, InstitutionRows institutions) {
        this.database = database;
        this.json = json;
        this.institutions = institutions;
    }

    Mono<Void> insert(CatalogueImport made, String sha256, String by, List<Judged> lines) {
        return database.sql("""
                INSERT INTO catalogue_import (id, kind, sha256, state, based_on, received, fresh, corrections, unchanged,
                                              questioned, bad, uploaded_by, uploaded_at)
                VALUES (:id, :kind, :sha256, 'previewed', :basedOn, :received, :fresh, :corrections, :unchanged,
                        :questioned, :bad, :by, :at)
                """)
                .bind("id", made.importId())
                .bind("kind", made.kind().code())
                .bind("sha256", sha256)
                .bind("basedOn", made.basedOn())
                .bind("received", made.received())
                .bind("fresh", made.fresh())
                .bind("corrections", made.corrections())
                .bind("unchanged", made.unchanged())
                .bind("questioned", made.questioned())
                .bind("bad", made.bad())
                .bind("by", by)
                .bind("at", made.uploadedAt())
                .then()
                .thenMany(Flux.fromIterable(lines).buffer(LINES_AT_ONCE)
                        .concatMap(part -> insertLines(made.importId(), part)))
                .then();
    }

    private Mono<Void> insertLines(UUID id, List<Judged> lines) {
        return database.sql("""
                INSERT INTO catalogue_import_line (import_id, line, verdict, content, problems)
                SELECT :id, l.line, l.verdict, l.content::jsonb, l.problems::jsonb
                  FROM unnest(:lines, :verdicts, :contents, :problems) AS l (line, verdict, content, problems)
                """)
                .bind("id", id)
                .bind("lines", lines.stream().map(Judged::line).toArray(Integer[]::new))
                .bind("verdicts", lines.stream().map(line -> line.verdict().code()).toArray(String[]::new))
                .bind("contents", lines.stream().map(this::content).toArray(String[]::new))
                .bind("problems", lines.stream().map(line -> json.writeValueAsString(line.problems()))
                        .toArray(String[]::new))
                .then();
    }

    private @Nullable String content(Judged line) {
        return line.verdict() == Verdict.BAD ? null : json.writeValueAsString(line.content());
    }

    Mono<CatalogueImport> find(UUID id) {
        return database.sql(COLUMNS + " WHERE id = :id").bind("id", id).map(CatalogueImports::read).one();
    }

    /** The same, holding its row until the transaction ends. */
    Mono<CatalogueImport> lock(UUID id) {
        return database.sql(COLUMNS + " WHERE id = :id FOR UPDATE").bind("id", id).map(CatalogueImports::read).one();
    }

    /** The newest first. */
    Flux<CatalogueImport> list(UUID before, int rows) {
        return database.sql(COLUMNS + " WHERE id < :before ORDER BY id DESC LIMIT :rows")
                .bind("before", before)
                .bind("rows", rows)
                .map(CatalogueImports::read)
                .all();
    }

    Flux<ImportLine> lines(UUID id, @Nullable Verdict verdict, int after, int rows) {
        return database.sql("""
                SELECT line, verdict, content, problems FROM catalogue_import_line
                 WHERE import_id = :id AND (:verdict IS NULL OR verdict = :verdict) AND line > :after
                 ORDER BY line LIMIT :rows
                """)
                .bind("id", id)
                .bind("verdict", Parameters.in(R2dbcType.VARCHAR, verdict == null ? null : verdict.code()))
                .bind("after", after)
                .bind("rows", rows)
                .map(row -> line(row))
                .all();
    }

    private ImportLine line(Readable row) {
        Json content = row.get("content", Json.class);
        return new ImportLine(row.get("line", Integer.class), row.get("verdict", String.class),
                content == null ? null : json.readTree(content.asString()),
                json.readValue(row.get("problems", Json.class).asString(), PROBLEMS));
    }

    /** Moves the catalogue on from the version that the preview saw; empty if it has moved on since. */
    Mono<Boolean> moveOn(long from) {
        return database
                .sql("UPDATE catalogue_version SET number = number + 1 WHERE number = :from RETURNING true AS moved")
                .bind("from", from)
                .map(row -> row.get("moved", Boolean.class))
                .one();
    }

    /** Makes the lines rows of the catalogue; answers how many. */
    Mono<Integer> apply(CatalogueImport held, boolean takeQuestioned, Instant at) {
        return switch (held.kind()) {
            case DRUGS, DECOCTION_PIECES, CONSUMABLES -> describe(held, takeQuestioned, at);
            case AWARDS -> record("award", held, takeQuestioned, at);
            case PRICES -> record("price", held, takeQuestioned, at);
            case VOLUMES -> agree(held, takeQuestioned);
            case INSTITUTIONS -> institutions.take(held.importId(), takeQuestioned);
            case SUPPLIERS -> deliver(held, takeQuestioned);
            case PARTICIPATIONS -> participate(held, takeQuestioned);
        };
    }

    /** Cycles that are new and what was agreed in them; of a volume only the latest word counts, the lines keep the others. */
    private Mono<Integer> agree(CatalogueImport held, boolean takeQuestioned) {
        return taken("""
                , begun AS (
                    INSERT INTO purchase_cycle (id, name, valid_from, valid_to, demo)
                    SELECT DISTINCT (content ->> 'cycle_id')::uuid, content ->> 'cycle_name',
                           (content ->> 'valid_from')::date, (content ->> 'valid_to')::date, false FROM taken
                    ON CONFLICT (id) DO NOTHING),
                made AS (
                    INSERT INTO agreed_volume (cycle_id, chain_id, drug_id, matched_by, packs)
                    SELECT v.cycle_id, v.chain_id, v.drug_id, v.matched_by, v.packs
                      FROM taken, jsonb_populate_record(NULL::agreed_volume, taken.content) v
                    ON CONFLICT (cycle_id, chain_id, drug_id)
                        DO UPDATE SET matched_by = excluded.matched_by, packs = excluded.packs
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """, held, takeQuestioned);
    }

    /** Companies that deliver from now on; of one that is known the name. */
    private Mono<Integer> deliver(CatalogueImport held, boolean takeQuestioned) {
        return taken("""
                , made AS (
                    INSERT INTO supplier (id, org, name, demo)
                    SELECT v.id, v.org, v.name, v.demo
                      FROM taken, jsonb_populate_record(NULL::supplier, taken.content) v
                     ORDER BY v.id
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """, held, takeQuestioned);
    }

    /** Periods that begin or end; the earlier first, so that one that ends makes room for the next. */
    private Mono<Integer> participate(CatalogueImport held, boolean takeQuestioned) {
        return taken("""
                , made AS (
                    INSERT INTO participation (institution_id, programme, since, until)
                    SELECT v.institution_id, v.programme, v.since, v.until
                      FROM taken, jsonb_populate_record(NULL::participation, taken.content) v
                     ORDER BY v.institution_id, v.programme, v.since
                    ON CONFLICT (institution_id, programme, since) DO UPDATE SET until = excluded.until
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """, held, takeQuestioned);
    }

    private Mono<Integer> taken(String fromTaken, CatalogueImport held, boolean takeQuestioned) {
        return database.sql(TAKEN + fromTaken)
                .bind("id", held.importId())
                .bind("questioned", takeQuestioned)
                .map(row -> row.get("taken", Integer.class))
                .one();
    }

    /** Medicines; of one that is known what its row said is kept. */
    private Mono<Integer> describe(CatalogueImport held, boolean takeQuestioned, Instant at) {
        return database.sql(TAKEN + """
                , former AS (
                    INSERT INTO drug_correction (drug_id, import_id, former, corrected_at)
                    SELECT d.id, :id, to_jsonb(d), :at
                      FROM taken JOIN drug d ON d.id = (taken.content ->> 'id')::uuid ORDER BY d.id),
                made AS (
                    INSERT INTO drug SELECT v.* FROM taken, jsonb_populate_record(NULL::drug, taken.content) v ORDER BY v.id
                    ON CONFLICT (id) DO UPDATE
                       SET generic_name = excluded.generic_name, form = excluded.form, strength = excluded.strength,
                           strength_value = excluded.strength_value, strength_unit = excluded.strength_unit,
                           pack_units = excluded.pack_units, unit_name = excluded.unit_name,
                           pack_name = excluded.pack_name, maker = excluded.maker,
                           approval_no = excluded.approval_no, initials = excluded.initials,
                           pinyin = excluded.pinyin, source = excluded.source
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """)
                .bind("id", held.importId())
                .bind("questioned", takeQuestioned)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map(row -> row.get("taken", Integer.class))
                .one();
    }

    private Mono<Integer> record(String table, CatalogueImport held, boolean takeQuestioned, Instant at) {
        return database.sql("""
                WITH made AS (
                    INSERT INTO %1$s SELECT (jsonb_populate_record(NULL::%1$s,
                                                l.content || jsonb_build_object('recorded_at', :at::timestamptz))).*
                      FROM catalogue_import_line l
                     WHERE l.import_id = :id AND (l.verdict IN ('new', 'correction')
                                                  OR (:questioned AND l.verdict = 'questioned'))
                     ORDER BY l.line
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """.formatted(table))
                .bind("id", held.importId())
                .bind("questioned", takeQuestioned)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map(row -> row.get("taken", Integer.class))
                .one();
    }

    Mono<Void> applied(UUID id, String by, Instant at, int taken) {
        return database.sql("""
                UPDATE catalogue_import SET state = 'applied', applied_by = :by, applied_at = :at, taken = :taken,
                       version = version + 1
                 WHERE id = :id
                """)
                .bind("id", id)
                .bind("by", by)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("taken", taken)
                .then();
    }

    private static CatalogueImport read(Readable row) {
        return new CatalogueImport(row.get("id", UUID.class),
                ImportKind.parse(row.get("kind", String.class)).orElseThrow(), row.get("state", String.class),
                row.get("received", Integer.class), row.get("fresh", Integer.class),
                row.get("corrections", Integer.class), row.get("unchanged", Integer.class),
                row.get("questioned", Integer.class), row.get("bad", Integer.class),
                row.get("uploaded_at", OffsetDateTime.class), row.get("applied_at", OffsetDateTime.class),
                row.get("taken", Integer.class), row.get("based_on", Long.class), row.get("version", Long.class));
    }
}
