-- One row that names this database, so that an index built from another one is not mistaken for its own.
CREATE TABLE corpus (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id       uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO corpus DEFAULT VALUES;

CREATE TABLE issue (
    id             uuid PRIMARY KEY,
    year           int NOT NULL,
    number         int NOT NULL,
    running_number int,
    source_kind    text NOT NULL CHECK (source_kind IN ('digest', 'official')),
    documents      int NOT NULL,
    loaded_at      timestamptz NOT NULL,
    UNIQUE (year, number, source_kind)
);

-- A work is the document as an idea; key is its canonical number, or its title where it has none.
CREATE TABLE work (
    id         uuid PRIMARY KEY,
    key        text NOT NULL UNIQUE,
    -- the transaction that changed it last: read models catch up by it (ids alone commit out of order)
    changed_tx bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint
);
CREATE INDEX work_changed ON work (changed_tx, id);

-- A version never changes: a corrected text is the next one.
CREATE TABLE version (
    id              uuid PRIMARY KEY,
    work_id         uuid NOT NULL REFERENCES work,
    version         int NOT NULL CHECK (version > 0),
    source_kind     text NOT NULL CHECK (source_kind IN ('digest', 'official')),
    number          text,
    number_key      text,
    contents_number text,
    title           text NOT NULL,
    organs          text[] NOT NULL,
    addressees      text,
    issued          date,
    in_force        date,
    valid_until     date,
    trial           boolean NOT NULL,
    topic           text,
    issue_id        uuid REFERENCES issue,
    tree            jsonb NOT NULL,
    content_hash    bytea NOT NULL,
    recorded_at     timestamptz NOT NULL,
    UNIQUE (work_id, version)
);
-- official text stands before any digest, the latest before the earlier
CREATE INDEX version_current ON version (work_id, (source_kind = 'official') DESC, version DESC);

CREATE TABLE article (
    version_id uuid NOT NULL REFERENCES version,
    seq        int NOT NULL,
    key        text NOT NULL,
    number     int,
    label      text NOT NULL,
    heading    text NOT NULL,
    body       text NOT NULL,
    PRIMARY KEY (version_id, seq),
    UNIQUE (version_id, key)
);

CREATE TABLE load (
    id            uuid PRIMARY KEY,
    source        text NOT NULL,
    source_kind   text NOT NULL CHECK (source_kind IN ('digest', 'official')),
    content       bytea NOT NULL,
    content_hash  bytea NOT NULL,
    state         text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    claimed_until timestamptz,
    attempts      int NOT NULL DEFAULT 0,
    found         int NOT NULL DEFAULT 0,
    parsed        int NOT NULL DEFAULT 0,
    stored        int NOT NULL DEFAULT 0,
    unchanged     int NOT NULL DEFAULT 0,
    warnings      jsonb NOT NULL DEFAULT '[]',
    failure       text,
    created_by    text NOT NULL,
    created_at    timestamptz NOT NULL,
    finished_at   timestamptz
);
CREATE INDEX load_open ON load (created_at) WHERE state IN ('queued', 'running');
CREATE INDEX load_newest ON load (created_at DESC, id DESC);
