-- What an administrator manages of a client. Old versions read past the new columns.
ALTER TABLE client_profile
    ADD COLUMN authentication_keys   text        NOT NULL DEFAULT '{"keys":[]}',
    -- the contract: null where the platform's own limits hold
    ADD COLUMN burst                 integer CHECK (burst > 0),
    ADD COLUMN per_second            integer CHECK (per_second > 0),
    ADD COLUMN per_day               bigint CHECK (per_day > 0),
    -- the secret before the present one, as long as both are good
    ADD COLUMN previous_secret       varchar(200),
    ADD COLUMN previous_secret_until timestamptz,
    ADD COLUMN disabled_at           timestamptz,
    ADD COLUMN version               bigint      NOT NULL DEFAULT 1,
    ADD COLUMN created_at            timestamptz NOT NULL DEFAULT now();

-- Wrong secrets, by client and by where they came from. Without a foreign key: clients that do not exist count too.
CREATE TABLE wrong_secret (
    client_id varchar(100) NOT NULL,
    network   varchar(60)  NOT NULL,
    times     integer      NOT NULL,
    last_at   timestamptz  NOT NULL,
    PRIMARY KEY (client_id, network)
);
CREATE INDEX wrong_secret_last ON wrong_secret (last_at);

CREATE INDEX issued_token_client ON issued_token (client_id) WHERE revoked_at IS NULL;

-- Answers to requests that carried an Idempotency-Key, kept in the transaction of their effect; secrets are not in them.
CREATE TABLE idempotency_key (
    scope_digest   bytea PRIMARY KEY,
    request_digest bytea       NOT NULL,
    status         integer     NOT NULL,
    headers        text        NOT NULL,
    body           text        NOT NULL,
    expires_at     timestamptz NOT NULL
);
CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);

-- Who did what to which resource. Append-only.
CREATE TABLE audit_entry (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence      bigint GENERATED ALWAYS AS IDENTITY,
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
CREATE INDEX audit_entry_resource ON audit_entry (resource_type, resource_id, sequence);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
