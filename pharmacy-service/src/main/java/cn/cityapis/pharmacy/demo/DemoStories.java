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
            accounts(statement);
            returns(statement);
        }
    }

    /** Two private institutions with a red price have an account: one that can be played, and another. */
    private static void accounts(Statement statement) throws SQLException {
        statement.execute("""
                UPDATE institution i SET org = 'demo-clinic-' || c.number
                  FROM (SELECT k.institution_id, row_number() OVER (ORDER BY k.institution_id) AS number
                          FROM price_case k JOIN institution p ON p.id = k.institution_id
                         WHERE p.kind = 'clinic' AND k.state = 'open' GROUP BY k.institution_id) c
                 WHERE i.id = c.institution_id AND c.number <= 2
                """);
    }

    /** Of the deliveries of a pair that can be played, unpaid ones first, one is asked to go back and one was taken back. */
    private static void returns(Statement statement) throws SQLException {
        statement.execute("""
                CREATE TEMPORARY TABLE demo_return ON COMMIT DROP AS
                SELECT row_number() OVER (ORDER BY s.state = 'due' DESC, v.id) AS number, v.id AS delivery_id, o.id AS order_id, o.chain_id,
                       o.supplier_id, p.line_no, p.batch_no, l.price_fen, v.decided_at
                  FROM settlement s
                  JOIN delivery v ON v.id = s.delivery_id
                  JOIN purchase_order o ON o.id = v.order_id
                  JOIN chain c ON c.id = o.chain_id AND c.org = 'demo-chain-1'
                  JOIN supplier u ON u.id = o.supplier_id AND u.org <> 'demo-supplier-2'
                  JOIN LATERAL (SELECT line_no, batch_no FROM delivery_line WHERE delivery_id = v.id
                                 ORDER BY line_no LIMIT 1) p ON true
                  JOIN order_line l ON l.order_id = o.id AND l.line_no = p.line_no
                 ORDER BY s.state = 'due' DESC, v.id LIMIT 2
                """);
        statement.execute("""
                INSERT INTO goods_return (id, delivery_id, order_id, chain_id, supplier_id, state, reason, amount_fen,
                                          requested_at, decided_at, version)
                SELECT ('018bd000-0000-7000-8000-0000000001' || lpad(number::text, 2, '0'))::uuid, delivery_id, order_id,
                       chain_id, supplier_id, CASE number WHEN 1 THEN 'requested' ELSE 'confirmed' END,
                       '演示：临近效期', 2 * price_fen, decided_at + interval '1 day',
                       CASE number WHEN 1 THEN NULL ELSE decided_at + interval '2 days' END, number - 1
                  FROM demo_return
                """);
        statement.execute("""
                INSERT INTO goods_return_line (return_id, delivery_id, line_no, batch_no, quantity)
                SELECT ('018bd000-0000-7000-8000-0000000001' || lpad(number::text, 2, '0'))::uuid, delivery_id, line_no,
                       batch_no, 2 FROM demo_return
                """);
        statement.execute("""
                UPDATE delivery_line p SET returned = 2 FROM demo_return r
                 WHERE p.delivery_id = r.delivery_id AND p.line_no = r.line_no AND p.batch_no = r.batch_no
                """);
        statement.execute("""
                UPDATE settlement s SET credited_fen = 2 * r.price_fen, version = s.version + 1 FROM demo_return r
                 WHERE s.delivery_id = r.delivery_id AND r.number = 2
                """);
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
