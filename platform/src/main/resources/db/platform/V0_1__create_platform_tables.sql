-- Answers to requests that carried an Idempotency-Key, kept in the transaction of their effect.
CREATE TABLE idempotency_key (
    scope_digest   bytea PRIMARY KEY,
    request_digest bytea       NOT NULL,
    status         integer     NOT NULL,
    headers        text        NOT NULL,
    body           bytea,
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL
);
CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);

-- Events on their way to subscribers. Within one subject the sequence is the order of commits, because writers hold
-- the lock of the subject's row; across subjects it is not, so readers never poll "sequence > last".
CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    sequence     bigint GENERATED ALWAYS AS IDENTITY,
    type         text        NOT NULL,
    subject      text        NOT NULL,
    data         jsonb       NOT NULL,
    occurred_at  timestamptz NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX outbox_undelivered ON outbox (sequence) WHERE delivered_at IS NULL;
CREATE INDEX outbox_subject ON outbox (subject, sequence);

-- Who did what to which resource. Append-only.
CREATE TABLE audit_entry (
    id            uuid PRIMARY KEY,
    at            timestamptz NOT NULL,
    client_id     text        NOT NULL,
    subject       text        NOT NULL,
    org           text,
    roles         text        NOT NULL,
    action        text        NOT NULL,
    resource_type text        NOT NULL,
    resource_id   text        NOT NULL,
    details       jsonb       NOT NULL
);
CREATE INDEX audit_entry_resource ON audit_entry (resource_type, resource_id, at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Notices to people start legal clocks: what was said, when, and what became of it.
CREATE TABLE notice (
    id         uuid PRIMARY KEY,
    recipient  text        NOT NULL,
    kind       text        NOT NULL,
    content    text        NOT NULL,
    about      text        NOT NULL,
    sent_at    timestamptz NOT NULL,
    outcome    text        NOT NULL
);
CREATE INDEX notice_recipient ON notice (recipient, sent_at);
CREATE INDEX notice_about ON notice (about, sent_at);
