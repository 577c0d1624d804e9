-- Everything is added up each night and when asked for. It takes as long as the ledger is, so nobody waits for it with an answer open.
CREATE TABLE ledger_check (
    id         uuid PRIMARY KEY,
    asked_at   timestamptz NOT NULL,
    -- null: by this service, once a day
    asked_by   text,
    ended_at   timestamptz,
    result     jsonb,
    CHECK ((ended_at IS NULL) = (result IS NULL))
);
-- who asks while one is running waits for that one
CREATE UNIQUE INDEX ledger_check_one_at_a_time ON ledger_check ((true)) WHERE ended_at IS NULL;
CREATE INDEX ledger_check_asked ON ledger_check (asked_at);
