-- What goes back of an accepted delivery. A return that is asked for reserves its packs; a refusal gives them back.
ALTER TABLE delivery_line ADD COLUMN returned int NOT NULL DEFAULT 0,
    ADD CONSTRAINT delivery_line_returned CHECK (returned BETWEEN 0 AND quantity);

ALTER TABLE settlement ADD COLUMN credited_fen bigint NOT NULL DEFAULT 0,
    ADD COLUMN paid_fen bigint,
    ADD CONSTRAINT settlement_credit CHECK (credited_fen BETWEEN 0 AND amount_fen);
UPDATE settlement SET paid_fen = amount_fen WHERE state = 'paid';
ALTER TABLE settlement ADD CONSTRAINT settlement_paid CHECK (state <> 'paid' OR paid_fen BETWEEN 0 AND amount_fen);

CREATE TABLE goods_return (
    id             uuid PRIMARY KEY,
    delivery_id    uuid NOT NULL REFERENCES delivery,
    order_id       uuid NOT NULL REFERENCES purchase_order,
    chain_id       uuid NOT NULL REFERENCES chain,
    supplier_id    uuid NOT NULL REFERENCES supplier,
    state          text NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused')),
    reason         text NOT NULL,
    amount_fen     bigint NOT NULL CHECK (amount_fen > 0),
    requested_at   timestamptz NOT NULL,
    decided_at     timestamptz,
    refusal_reason text,
    version        bigint NOT NULL DEFAULT 0,
    CHECK ((state = 'requested') = (decided_at IS NULL)),
    CHECK ((state = 'refused') = (refusal_reason IS NOT NULL))
);
CREATE INDEX goods_return_of_chain ON goods_return (chain_id, id DESC);
CREATE INDEX goods_return_of_supplier ON goods_return (supplier_id, id DESC);
CREATE INDEX goods_return_of_delivery ON goods_return (delivery_id);

CREATE TABLE goods_return_line (
    return_id   uuid NOT NULL REFERENCES goods_return,
    delivery_id uuid NOT NULL,
    line_no     int NOT NULL,
    batch_no    text NOT NULL,
    quantity    int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (return_id, line_no, batch_no),
    FOREIGN KEY (delivery_id, line_no, batch_no) REFERENCES delivery_line
);

-- All that moves between a buyer and a supplier, by the day on which it counts; statements are sums of it.
CREATE VIEW settlement_entry AS
    SELECT chain_id, supplier_id, accepted_on AS day, 'accepted' AS kind, amount_fen AS fen FROM settlement
    UNION ALL
    SELECT chain_id, supplier_id, (decided_at AT TIME ZONE 'Asia/Shanghai')::date, 'credited', -amount_fen
      FROM goods_return WHERE state = 'confirmed'
    UNION ALL
    SELECT chain_id, supplier_id, paid_on, 'paid', -paid_fen FROM settlement WHERE state = 'paid';

-- 0: due soon; 1: overdue; 2: a week overdue; 3: a month overdue.
CREATE TABLE settlement_warning (
    settlement_id uuid NOT NULL REFERENCES settlement,
    stage         smallint NOT NULL CHECK (stage BETWEEN 0 AND 3),
    warned_on     date NOT NULL,
    PRIMARY KEY (settlement_id, stage)
);

-- From when on, and below what part of what the time passed would give, an agreed volume is behind.
CREATE TABLE volume_threshold (
    in_force_from   date PRIMARY KEY,
    not_before_bp   int NOT NULL CHECK (not_before_bp BETWEEN 0 AND 10000),
    behind_below_bp int NOT NULL CHECK (behind_below_bp BETWEEN 1 AND 10000),
    source          text NOT NULL
);
INSERT INTO volume_threshold VALUES
    ('2020-01-01', 1000, 8000, '配置（demo）：周期过去一成后，完成进度低于时间进度的八成提示');

CREATE TABLE volume_warning (
    cycle_id uuid NOT NULL REFERENCES purchase_cycle,
    chain_id uuid NOT NULL REFERENCES chain,
    month    date NOT NULL CHECK (extract(day FROM month) = 1),
    behind   int NOT NULL CHECK (behind > 0),
    PRIMARY KEY (cycle_id, chain_id, month)
);
