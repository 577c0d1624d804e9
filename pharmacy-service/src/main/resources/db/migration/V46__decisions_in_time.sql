-- How long a buyer has to decide on a delivery, and a supplier on a return, in calendar days: dated configuration, no cited
-- rule. Nothing is decided by silence (docs/decisions/0055): who is silent is warned, and the office sees it.
CREATE TABLE decision_term (
    kind          text NOT NULL CHECK (kind IN ('delivery', 'return')),
    in_force_from date NOT NULL,
    days          int NOT NULL CHECK (days BETWEEN 1 AND 365),
    source        text NOT NULL,
    PRIMARY KEY (kind, in_force_from)
);
INSERT INTO decision_term VALUES
    ('delivery', '2020-01-01', 3, '配置（demo）：送货后 3 日内验收或拒收；不是规范性文件条款'),
    ('return', '2020-01-01', 7, '配置（demo）：退货申请后 7 日内确认或拒绝；不是规范性文件条款');

-- 0: the term has passed; 1: a week ago; 2: a month ago.
CREATE TABLE decision_warning (
    kind      text NOT NULL CHECK (kind IN ('delivery', 'return')),
    waiting   uuid NOT NULL,
    stage     smallint NOT NULL CHECK (stage BETWEEN 0 AND 2),
    warned_on date NOT NULL,
    PRIMARY KEY (kind, waiting, stage)
);

-- All that waits for a decision, and until when it should have had one.
CREATE VIEW undecided AS
    SELECT w.*, w.since + (SELECT d.days FROM decision_term d WHERE d.kind = w.kind AND d.in_force_from <= w.since
                            ORDER BY d.in_force_from DESC LIMIT 1) AS decide_by
      FROM (SELECT 'delivery' AS kind, v.id, o.chain_id, o.supplier_id,
                   (v.delivered_at AT TIME ZONE 'Asia/Shanghai')::date AS since
              FROM delivery v JOIN purchase_order o ON o.id = v.order_id
             WHERE v.state = 'delivered'
            UNION ALL
            SELECT 'return', r.id, r.chain_id, r.supplier_id, (r.requested_at AT TIME ZONE 'Asia/Shanghai')::date
              FROM goods_return r WHERE r.state = 'requested') w;
CREATE INDEX delivery_undecided ON delivery (id) WHERE state = 'delivered';
CREATE INDEX goods_return_undecided ON goods_return (id) WHERE state = 'requested';
