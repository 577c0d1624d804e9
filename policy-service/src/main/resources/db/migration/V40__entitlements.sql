-- The award clauses of a version, derived in the transaction that stores it.
CREATE TABLE entitlement (
    id           uuid PRIMARY KEY,
    version_id   uuid NOT NULL REFERENCES version,
    work_id      uuid NOT NULL REFERENCES work,
    -- of the current version of the work
    current      boolean NOT NULL DEFAULT false,
    article_key  text NOT NULL,
    starts_at    int NOT NULL CHECK (starts_at >= 0),
    ends_at      int NOT NULL CHECK (ends_at > starts_at),
    support      text NOT NULL CHECK (support IN ('reward', 'subsidy', 'interest', 'credit', 'insurance', 'funding')),
    amount_fen   bigint CHECK (amount_fen >= 0),
    basis_points int CHECK (basis_points >= 0),
    bound        text NOT NULL CHECK (bound IN ('exact', 'cap', 'floor', 'range')),
    audiences    text[] NOT NULL,
    organs       text[] NOT NULL,
    words        text NOT NULL,
    detail       jsonb NOT NULL,
    FOREIGN KEY (version_id, article_key) REFERENCES article (version_id, key),
    UNIQUE (version_id, article_key, starts_at)
);
CREATE INDEX entitlement_work ON entitlement (work_id);
CREATE INDEX entitlement_audience ON entitlement USING gin (audiences) WHERE current;

-- By which edition of the rules a version was read last; a version without a row was stored before there were any.
CREATE TABLE entitlement_reading (
    version_id uuid PRIMARY KEY REFERENCES version,
    rules      int NOT NULL
);
