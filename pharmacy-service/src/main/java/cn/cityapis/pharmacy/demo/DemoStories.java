package cn.cityapis.pharmacy.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A few things that have happened already, so that each part of the service can be seen at once. */
final class DemoStories {

    private DemoStories() {
    }

    static void into(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // clinics keep the calendar: closed on Sundays and public holidays
            statement.execute("UPDATE institution SET keeps_calendar = true WHERE kind = 'clinic'");
            statement.execute("""
                    DELETE FROM opening_hours o USING institution i
                     WHERE i.id = o.institution_id AND i.kind = 'clinic' AND o.weekday = 7
                    """);
            // of the red prices a tenth have been explained and a twentieth are closed
            statement.execute("""
                    UPDATE price_case SET state = 'answered', answer = '演示：录入错误，正在更正', answered_by = 'demo',
                           answered_at = opened_at + interval '1 day', version = 1
                     WHERE id IN (SELECT id FROM price_case ORDER BY id LIMIT (SELECT count(*) / 10 FROM price_case))
                    """);
            statement.execute("""
                    UPDATE price_case SET state = 'closed', outcome = 'explained', closing_note = '演示：说明成立',
                           closed_by = 'demo', closed_at = opened_at + interval '3 days', version = 2
                     WHERE id IN (SELECT id FROM price_case ORDER BY id LIMIT (SELECT count(*) / 20 FROM price_case))
                    """);
            statement.execute("""
                    INSERT INTO retail_median (drug_id, median_fen, sellers, worked_out)
                    SELECT drug_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY retail_price_fen), count(*), max(reported_at)
                      FROM stock WHERE quantity > 0 GROUP BY drug_id
                    """);
            greenChannel(statement);
        }
    }

    private static void greenChannel(Statement statement) throws SQLException {
        statement.execute("""
                INSERT INTO green_application (id, maker_org, kind, name, summary, evidence, state, filed_at, due_on,
                                               provisional, version)
                VALUES ('018bd000-0000-7000-8000-000000000001', 'demo-maker-1', 'reagent', '演示检测试剂盒（虚构）',
                        '演示数据，虚构', '{演示注册证}', 'listed', now() - interval '60 days', NULL, false, 4)
                """);
        statement.execute("""
                INSERT INTO green_step (application_id, number, state, note, decided_by, at, late)
                SELECT '018bd000-0000-7000-8000-000000000001', n, s, '演示', 'demo', now() - interval '60 days' + n * interval '3 days',
                       false
                  FROM unnest('{filed,accepted,reviewed,listed}'::text[]) WITH ORDINALITY AS x (s, n)
                """);
        statement.execute("""
                INSERT INTO matching_event VALUES ('018bd000-0000-7000-8000-000000000002',
                        '018bd000-0000-7000-8000-000000000001', '演示对接会（虚构）', current_date + 14, '演示会议室')
                """);
        statement.execute("""
                INSERT INTO matching_invitation (event_id, chain_id)
                SELECT '018bd000-0000-7000-8000-000000000002', id FROM chain
                 WHERE org IN ('demo-chain-3', 'demo-chain-4', 'demo-chain-5')
                """);
    }
}
