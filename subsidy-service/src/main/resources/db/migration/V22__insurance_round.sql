-- The figures of the yearly round, dated (威金监发〔2023〕25号 第九、十、十一条).
CREATE TABLE insurance_rule (
    valid_from               date PRIMARY KEY,
    valid_until              date    NOT NULL,
    document                 text    NOT NULL,
    first_month              integer NOT NULL CHECK (first_month BETWEEN 1 AND 12),
    filing_working_days      integer NOT NULL CHECK (filing_working_days > 0),
    preliminary_working_days integer NOT NULL CHECK (preliminary_working_days > 0),
    least_lead_percent       integer NOT NULL CHECK (least_lead_percent BETWEEN 1 AND 100)
);
INSERT INTO insurance_rule VALUES ('2023-08-09', '2027-08-09', '威金监发〔2023〕25号', 7, 5, 10, 50);
CREATE TRIGGER insurance_rule_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insurance_rule
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE insurance_round (
    id                 uuid PRIMARY KEY,
    -- 第十条: once a year
    year               integer     NOT NULL CONSTRAINT insurance_round_once UNIQUE,
    lead_org           text        NOT NULL,
    lead_name          text        NOT NULL,
    lead_percent       integer     NOT NULL CHECK (lead_percent BETWEEN 1 AND 100),
    account_sealed     bytea       NOT NULL,
    opens              date        NOT NULL,
    closes             date        NOT NULL CHECK (closes >= opens),
    filing_due         date        NOT NULL,
    filing_provisional boolean     NOT NULL,
    created_by         text        NOT NULL,
    created_at         timestamptz NOT NULL
);

CREATE TABLE insurance_filing (
    id                  uuid PRIMARY KEY,
    version             bigint      NOT NULL DEFAULT 1,
    round_id            uuid        NOT NULL REFERENCES insurance_round (id),
    area_code           text        NOT NULL,
    state               text        NOT NULL CHECK (state IN
        ('draft', 'filed', 'returned', 'district-review', 'city-review', 'approved', 'transferred', 'paid', 'rejected')),
    filed_at            timestamptz,
    filed_late          boolean     NOT NULL DEFAULT false,
    district_due        date,
    district_provisional boolean,
    district_late       boolean     NOT NULL DEFAULT false,
    note                text,
    bank_reference      text UNIQUE,
    created_at          timestamptz NOT NULL,
    CONSTRAINT insurance_filing_once UNIQUE (round_id, area_code)
);

CREATE TABLE insurance_row (
    id             uuid PRIMARY KEY,
    filing_id      uuid    NOT NULL REFERENCES insurance_filing (id),
    round_id       uuid    NOT NULL REFERENCES insurance_round (id),
    line           integer NOT NULL,
    scheme_id      text    NOT NULL,
    scheme_version integer NOT NULL,
    name_sealed    bytea   NOT NULL,
    id_sealed      bytea   NOT NULL,
    id_index       bytea   NOT NULL,
    company        text    NOT NULL,
    policy_number  text    NOT NULL,
    premium_fen    bigint  NOT NULL CHECK (premium_fen > 0),
    subsidy_fen    bigint  NOT NULL CHECK (subsidy_fen > 0 AND subsidy_fen <= premium_fen),
    facts          jsonb   NOT NULL,
    UNIQUE (filing_id, line),
    -- a person is subsidised once a year for each kind of insurance, and a policy once
    CONSTRAINT insurance_row_once UNIQUE (round_id, scheme_id, id_index),
    CONSTRAINT insurance_policy_once UNIQUE (round_id, scheme_id, policy_number)
);

-- Sealed in the database, so that every replica can read them.
CREATE TABLE insurance_file (
    id           uuid PRIMARY KEY,
    filing_id    uuid        NOT NULL REFERENCES insurance_filing (id),
    kind         text        NOT NULL CHECK (kind IN ('application', 'table', 'policies', 'payment-proof')),
    media_type   text        NOT NULL,
    size_bytes   integer     NOT NULL CHECK (size_bytes > 0),
    sha256       bytea       NOT NULL,
    content      bytea       NOT NULL,
    uploaded_by  text        NOT NULL,
    uploaded_at  timestamptz NOT NULL
);
CREATE INDEX insurance_file_filing ON insurance_file (filing_id);
CREATE TRIGGER insurance_file_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insurance_file
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- 第十一条: finance and talent office together, at district and city; four persons.
CREATE TABLE insurance_opinion (
    id         uuid PRIMARY KEY,
    filing_id  uuid        NOT NULL REFERENCES insurance_filing (id),
    level      text        NOT NULL CHECK (level IN ('district', 'city')),
    office     text        NOT NULL CHECK (office IN ('finance', 'talent')),
    decision   text        NOT NULL CHECK (decision IN ('pass', 'reject')),
    comment    text        NOT NULL,
    subject    text        NOT NULL,
    org        text        NOT NULL,
    decided_at timestamptz NOT NULL,
    CONSTRAINT insurance_opinion_once UNIQUE (filing_id, level, office),
    CONSTRAINT insurance_opinion_by_another UNIQUE (filing_id, subject)
);
CREATE TRIGGER insurance_opinion_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON insurance_opinion
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_filing_exists
    FOREIGN KEY (filing_id) REFERENCES insurance_filing (id);
CREATE UNIQUE INDEX ledger_filing_once ON ledger_transaction (filing_id, kind);
