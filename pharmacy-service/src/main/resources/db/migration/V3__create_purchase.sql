CREATE TABLE purchase_cycle (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    valid_from date NOT NULL,
    valid_to   date NOT NULL,
    demo       boolean NOT NULL,
    CHECK (valid_from <= valid_to)
);

CREATE TABLE agreed_volume (
    cycle_id   uuid NOT NULL REFERENCES purchase_cycle,
    chain_id   uuid NOT NULL REFERENCES chain,
    drug_id    uuid NOT NULL REFERENCES drug,
    matched_by text NOT NULL CHECK (matched_by IN ('brand', 'any_winner')),
    packs      int NOT NULL CHECK (packs >= 0),
    PRIMARY KEY (cycle_id, chain_id, drug_id)
);

CREATE TABLE purchase_order (
    id             uuid PRIMARY KEY,
    chain_id       uuid NOT NULL REFERENCES chain,
    supplier_id    uuid NOT NULL REFERENCES supplier,
    state          text NOT NULL CHECK (state IN ('placed', 'confirmed', 'refused', 'completed')),
    placed_at      timestamptz NOT NULL,
    confirmed_at   timestamptz,
    refused_at     timestamptz,
    refusal_reason text,
    completed_at   timestamptz,
    version        bigint NOT NULL DEFAULT 0,
    UNIQUE (id, chain_id),
    CHECK ((state IN ('confirmed', 'completed')) = (confirmed_at IS NOT NULL)),
    CHECK ((state = 'refused') = (refused_at IS NOT NULL)),
    CHECK ((state = 'refused') = (refusal_reason IS NOT NULL)),
    CHECK ((state = 'completed') = (completed_at IS NOT NULL))
);
CREATE INDEX purchase_order_of_chain ON purchase_order (chain_id, id DESC);
CREATE INDEX purchase_order_of_supplier ON purchase_order (supplier_id, id DESC);

CREATE TABLE order_line (
    order_id  uuid NOT NULL,
    line_no   int NOT NULL CHECK (line_no > 0),
    chain_id  uuid NOT NULL,
    store_id  uuid NOT NULL,
    drug_id   uuid NOT NULL REFERENCES drug,
    award_id  uuid NOT NULL REFERENCES award,
    price_fen bigint NOT NULL CHECK (price_fen > 0),
    ordered   int NOT NULL CHECK (ordered BETWEEN 1 AND 1000000),
    delivered int NOT NULL DEFAULT 0,
    accepted  int NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, line_no),
    UNIQUE (order_id, store_id, drug_id),
    -- an order is for stores of the head office that places it
    FOREIGN KEY (order_id, chain_id) REFERENCES purchase_order (id, chain_id),
    FOREIGN KEY (store_id, chain_id) REFERENCES institution (id, chain_id),
    CONSTRAINT order_line_quantities CHECK (0 <= accepted AND accepted <= delivered AND delivered <= ordered)
);

CREATE TABLE delivery (
    id           uuid PRIMARY KEY,
    order_id     uuid NOT NULL REFERENCES purchase_order,
    store_id     uuid NOT NULL REFERENCES institution,
    state        text NOT NULL CHECK (state IN ('delivered', 'accepted', 'rejected')),
    delivered_at timestamptz NOT NULL,
    decided_at   timestamptz,
    reason       text,
    version      bigint NOT NULL DEFAULT 0,
    CHECK ((state = 'delivered') = (decided_at IS NULL)),
    CHECK ((state = 'rejected') = (reason IS NOT NULL))
);
CREATE INDEX delivery_of_order ON delivery (order_id, id);

CREATE TABLE delivery_line (
    delivery_id uuid NOT NULL REFERENCES delivery,
    order_id    uuid NOT NULL,
    line_no     int NOT NULL,
    quantity    int NOT NULL CHECK (quantity > 0),
    batch_no    text NOT NULL CHECK (length(batch_no) BETWEEN 1 AND 40),
    expires_on  date NOT NULL,
    PRIMARY KEY (delivery_id, line_no, batch_no),
    FOREIGN KEY (order_id, line_no) REFERENCES order_line
);

-- How long a buyer has after acceptance: dated configuration, not a cited rule.
CREATE TABLE settlement_term (
    in_force_from date PRIMARY KEY,
    days          int NOT NULL CHECK (days BETWEEN 1 AND 365),
    source        text NOT NULL
);
INSERT INTO settlement_term VALUES
    ('2020-01-01', 30, '配置：报道称结算由3至6个月缩短至约30天（2024）；不是规范性文件条款');

CREATE TABLE settlement (
    id          uuid PRIMARY KEY,
    delivery_id uuid NOT NULL UNIQUE REFERENCES delivery,
    order_id    uuid NOT NULL REFERENCES purchase_order,
    chain_id    uuid NOT NULL REFERENCES chain,
    supplier_id uuid NOT NULL REFERENCES supplier,
    amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
    accepted_on date NOT NULL,
    term_days   int NOT NULL,
    due_on      date NOT NULL,
    provisional boolean NOT NULL,
    state       text NOT NULL CHECK (state IN ('due', 'paid')),
    paid_on     date,
    reference   text,
    version     bigint NOT NULL DEFAULT 0,
    CHECK (due_on >= accepted_on),
    CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
    CHECK ((state = 'paid') = (reference IS NOT NULL)),
    CHECK (paid_on IS NULL OR paid_on >= accepted_on)
);
CREATE INDEX settlement_by_due ON settlement (due_on, id);
CREATE INDEX settlement_of_chain ON settlement (chain_id, due_on, id);
CREATE INDEX settlement_of_supplier ON settlement (supplier_id, due_on, id);
