-- A list that somebody sends to be decided as a whole: it survives restarts, and replicas share the work.
CREATE TABLE batch_job (
    id          uuid PRIMARY KEY,
    state       text        NOT NULL CHECK (state IN ('receiving', 'running', 'done')),
    org         text        NOT NULL,
    format      text        NOT NULL CHECK (format IN ('ndjson', 'csv')),
    header      text        NOT NULL,
    as_of       date        NOT NULL,
    lines       bigint      NOT NULL DEFAULT 0,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX batch_job_org ON batch_job (org, id);
CREATE INDEX batch_job_open ON batch_job (created_at) WHERE state <> 'done';

-- A block of lines: what was told, and (compressed) what was decided, with scheme versions. Decided once.
CREATE TABLE batch_block (
    job_id     uuid    NOT NULL REFERENCES batch_job (id) ON DELETE CASCADE,
    number     integer NOT NULL,
    first_line bigint  NOT NULL,
    input      bytea   NOT NULL,
    outcomes   bytea,
    processed  integer NOT NULL DEFAULT 0,
    broken     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (job_id, number)
);
CREATE INDEX batch_block_open ON batch_block (job_id, number) WHERE outcomes IS NULL;

-- Who can have what, for the report of those who could not before.
CREATE TABLE batch_entitled (
    job_id    uuid   NOT NULL REFERENCES batch_job (id) ON DELETE CASCADE,
    case_id   text   NOT NULL,
    scheme_id text   NOT NULL,
    fen       bigint NOT NULL,
    PRIMARY KEY (job_id, case_id, scheme_id)
);
