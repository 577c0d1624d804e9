-- What came and what went back, each at its own moment: a return moves the figures of the day on which the supplier took
-- it, not those of the day on which the goods had been accepted, which may be published by then.
CREATE VIEW received_line AS
    SELECT p.order_id, p.line_no, p.quantity AS packs, v.decided_at AS at, v.decided_at AS accepted_at
      FROM delivery v
      JOIN delivery_line p ON p.delivery_id = v.id
     WHERE v.state = 'accepted'
    UNION ALL
    SELECT r.order_id, g.line_no, -g.quantity, r.decided_at, v.decided_at
      FROM goods_return r
      JOIN goods_return_line g ON g.return_id = r.id
      JOIN delivery v ON v.id = r.delivery_id
     WHERE r.state = 'confirmed';
CREATE INDEX goods_return_confirmed ON goods_return (decided_at) WHERE state = 'confirmed';
CREATE INDEX goods_return_of_order ON goods_return (order_id) WHERE state = 'confirmed';
