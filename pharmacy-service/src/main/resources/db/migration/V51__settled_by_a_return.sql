-- What was not enough until goods went back is settled on the day they went back, not on that of the last payment: it was
-- open until then, and late if it was due before.
WITH settled AS (
    SELECT s.id, (
        SELECT min(d.day)
          FROM (SELECT s.paid_on AS day
                UNION ALL
                SELECT (g.decided_at AT TIME ZONE 'Asia/Shanghai')::date FROM goods_return g
                 WHERE g.delivery_id = s.delivery_id AND g.state = 'confirmed') d
         WHERE d.day >= s.paid_on
           AND s.paid_fen - coalesce((SELECT sum(r.fen) FROM settlement_refund r
                                       WHERE r.settlement_id = s.id AND r.refunded_on <= d.day), 0)
               >= s.amount_fen - coalesce((SELECT sum(g.amount_fen) FROM goods_return g
                                            WHERE g.delivery_id = s.delivery_id AND g.state = 'confirmed'
                                              AND (g.decided_at AT TIME ZONE 'Asia/Shanghai')::date <= d.day), 0)) AS day
      FROM settlement s
     WHERE s.state = 'paid' AND s.credited_fen > 0)
UPDATE settlement s SET paid_on = settled.day, version = version + 1
  FROM settled
 WHERE s.id = settled.id AND settled.day > s.paid_on;
