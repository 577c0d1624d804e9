package cn.cityapis.pharmacy.load;

import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Makes the lines of a file institutions, in the transaction of its application. */
@Repository
class InstitutionRows {

    private final DatabaseClient database;

    InstitutionRows(DatabaseClient database) {
        this.database = database;
    }

    /** Answers how many lines were taken. */
    Mono<Integer> take(UUID file, boolean takeQuestioned) {
        return begin(file, takeQuestioned)
                .then(hold(file, takeQuestioned))
                .then(put(file, takeQuestioned))
                .flatMap(taken -> closeAll(file, takeQuestioned).then(open(file, takeQuestioned)).thenReturn(taken));
    }

    /** Head offices and areas that a line was the first to name. */
    private Mono<Void> begin(UUID file, boolean takeQuestioned) {
        return statement("""
                , begun AS (
                    INSERT INTO chain (id, org, name, demo)
                    SELECT DISTINCT (content ->> 'chain_id')::uuid, content ->> 'chain_org', content ->> 'chain_name', false
                      FROM taken
                     WHERE content ->> 'chain_id' IS NOT NULL
                       AND NOT EXISTS (SELECT FROM chain c WHERE c.id = (content ->> 'chain_id')::uuid)
                    ON CONFLICT (id) DO NOTHING)
                INSERT INTO area (code, name, kind, parent_code, source)
                SELECT DISTINCT ON (code) code, content ->> 'area_name',
                       CASE length(code) WHEN 9 THEN 'town' ELSE 'district' END,
                       CASE length(code) WHEN 9 THEN left(code, 6) ELSE left(code, 4) || '00' END, 'catalogue import'
                  FROM taken CROSS JOIN LATERAL (SELECT content ->> 'area_code' AS code) a
                 WHERE content ->> 'area_name' IS NOT NULL ORDER BY code
                ON CONFLICT (code) DO NOTHING
                """, file, takeQuestioned).then();
    }

    /** In the order in which reports of stock hold them, so that the two cannot wait for each other. */
    private Mono<Void> hold(UUID file, boolean takeQuestioned) {
        return statement("""
                SELECT i.id FROM institution i
                 WHERE i.id = ANY(ARRAY(SELECT (content ->> 'id')::uuid FROM taken)) ORDER BY i.id FOR UPDATE
                """, file, takeQuestioned).map(row -> row.get("id", UUID.class)).all().then();
    }

    /** A position that changes takes the points of the stock there with it, by the foreign key. */
    private Mono<Integer> put(UUID file, boolean takeQuestioned) {
        return statement("""
                , made AS (
                    INSERT INTO institution AS known (id, code, chain_id, kind, name, address, area_code, phone,
                                                      insurance_accepted, lat, lon, org, keeps_calendar, closed_on, demo)
                    SELECT v.id, v.code, v.chain_id, v.kind, v.name, v.address, v.area_code, v.phone,
                           v.insurance_accepted, v.lat, v.lon, v.org, v.keeps_calendar, v.closed_on, v.demo
                      FROM taken, jsonb_populate_record(NULL::institution, taken.content) v
                     ORDER BY v.id
                    ON CONFLICT (id) DO UPDATE
                       SET code = excluded.code, kind = excluded.kind, name = excluded.name,
                           address = excluded.address, area_code = excluded.area_code, phone = excluded.phone,
                           insurance_accepted = excluded.insurance_accepted, lat = excluded.lat, lon = excluded.lon,
                           org = excluded.org, keeps_calendar = excluded.keeps_calendar,
                           closed_on = excluded.closed_on
                    RETURNING 1)
                SELECT count(*)::int AS taken FROM made
                """, file, takeQuestioned).map(row -> row.get("taken", Integer.class)).one();
    }

    private Mono<Void> closeAll(UUID file, boolean takeQuestioned) {
        return statement("""
                DELETE FROM opening_hours o USING taken WHERE o.institution_id = (taken.content ->> 'id')::uuid
                """, file, takeQuestioned).then();
    }

    private Mono<Void> open(UUID file, boolean takeQuestioned) {
        return statement("""
                INSERT INTO opening_hours (institution_id, weekday, opens, closes)
                SELECT (content ->> 'id')::uuid, h.weekday, h.opens, h.closes
                  FROM taken, jsonb_to_recordset(content -> 'hours') AS h (weekday smallint, opens time, closes time)
                """, file, takeQuestioned).then();
    }

    private DatabaseClient.GenericExecuteSpec statement(String sql, UUID file, boolean takeQuestioned) {
        return database.sql(CatalogueImports.TAKEN + sql).bind("id", file).bind("questioned", takeQuestioned);
    }
}
