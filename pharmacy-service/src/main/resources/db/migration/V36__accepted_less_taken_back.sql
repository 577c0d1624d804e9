-- What stays of a delivery that was accepted: a return counts when the supplier has taken it, not when it is asked for.
CREATE VIEW accepted_line AS
    SELECT p.delivery_id, p.order_id, p.line_no, p.batch_no,
           (v.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
           p.quantity - CASE WHEN p.returned = 0 THEN 0
                             ELSE (SELECT coalesce(sum(g.quantity), 0)::int
                                     FROM goods_return r
                                     JOIN goods_return_line g ON g.return_id = r.id AND g.line_no = p.line_no
                                                             AND g.batch_no = p.batch_no
                                    WHERE r.delivery_id = p.delivery_id AND r.state = 'confirmed') END AS packs
      FROM delivery v
      JOIN delivery_line p ON p.delivery_id = v.id
     WHERE v.state = 'accepted';
