-- When a delivery was accepted, not only on what day: what a quarter came to is read by it, not off all there ever was.
CREATE OR REPLACE VIEW accepted_line AS
    SELECT p.delivery_id, p.order_id, p.line_no, p.batch_no,
           (v.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
           p.quantity - CASE WHEN p.returned = 0 THEN 0
                             ELSE (SELECT coalesce(sum(g.quantity), 0)::int
                                     FROM goods_return r
                                     JOIN goods_return_line g ON g.return_id = r.id AND g.line_no = p.line_no
                                                             AND g.batch_no = p.batch_no
                                    WHERE r.delivery_id = p.delivery_id AND r.state = 'confirmed') END AS packs,
           v.decided_at
      FROM delivery v
      JOIN delivery_line p ON p.delivery_id = v.id
     WHERE v.state = 'accepted';
CREATE INDEX delivery_accepted ON delivery (decided_at) WHERE state = 'accepted';
CREATE INDEX settlement_by_payment ON settlement (paid_on) WHERE paid_on IS NOT NULL;
