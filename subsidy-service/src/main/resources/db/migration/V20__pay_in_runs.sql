-- Money at the bank is neither committed nor paid; money claimed back is owed by the payee; what the city has handed to a
-- district for an insurer is held there. Each has an account of its own.
ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_kind_check;
ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_kind_check
    CHECK (kind IN ('source', 'available', 'committed', 'in-transit', 'paid', 'receivable', 'city-funds'));
ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind_check
    CHECK (kind IN ('appropriation', 'commitment', 'transmission', 'payment', 'return', 'release', 'clawback',
                    'repayment', 'transfer', 'reversal'));
ALTER TABLE ledger_transaction
    ADD COLUMN payment_item_id uuid,
    ADD COLUMN filing_id uuid,
    ADD COLUMN reverses uuid REFERENCES ledger_transaction (id);
-- one item is sent once, paid once, returned once, given up once; one transaction is reversed once
CREATE UNIQUE INDEX ledger_item_once ON ledger_transaction (payment_item_id, kind);
CREATE UNIQUE INDEX ledger_reversed_once ON ledger_transaction (reverses);
CREATE INDEX ledger_transaction_filing ON ledger_transaction (filing_id) WHERE filing_id IS NOT NULL;

ALTER TABLE application DROP CONSTRAINT application_state_check;
ALTER TABLE application ADD CONSTRAINT application_state_check CHECK (state IN
    ('draft', 'first-review', 'supplement', 'second-review', 'public-notice', 'awaiting-funds', 'paying', 'suspended',
     'ended', 'clawed-back', 'rejected', 'appealed', 'withdrawn'));
ALTER TABLE application DROP CONSTRAINT application_once;
ALTER TABLE application ADD CONSTRAINT application_once
    EXCLUDE USING gist (id_number_index WITH =, scheme_id WITH =, period WITH &&)
    WHERE (state NOT IN ('draft', 'rejected', 'withdrawn'));

CREATE TABLE payment_run (
    id           uuid PRIMARY KEY,
    version      bigint      NOT NULL DEFAULT 1,
    scheme_id    text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('monthly', 'retry')),
    state        text        NOT NULL CHECK (state IN ('created', 'file-made', 'sent', 'replied', 'closed')),
    items        integer     NOT NULL DEFAULT 0 CHECK (items >= 0),
    total_fen    bigint      NOT NULL DEFAULT 0 CHECK (total_fen >= 0),
    digest       bytea,
    reply_digest bytea,
    created_by   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    file_made_at timestamptz,
    sent_by      text,
    sent_at      timestamptz,
    replied_by   text,
    replied_at   timestamptz,
    closed_at    timestamptz,
    CHECK (state = 'created' OR (digest IS NOT NULL AND items > 0 AND total_fen > 0)),
    -- who enters another account for a retry does not send it
    CONSTRAINT payment_run_four_eyes CHECK (sent_by IS NULL OR kind = 'monthly' OR sent_by <> created_by)
);
CREATE UNIQUE INDEX payment_run_one_open ON payment_run (scheme_id) WHERE state = 'created';

-- One order to the bank. At most one of a case and month is alive, whatever is repeated.
CREATE TABLE payment_item (
    id              uuid PRIMARY KEY,
    run_id          uuid        NOT NULL REFERENCES payment_run (id),
    line            integer,
    application_id  uuid        NOT NULL REFERENCES application (id),
    month           date        NOT NULL CHECK (extract(day FROM month) = 1),
    amount_fen      bigint      NOT NULL CHECK (amount_fen > 0),
    attempt         integer     NOT NULL CHECK (attempt > 0),
    state           text        NOT NULL CHECK (state IN ('pending', 'paid', 'failed', 'retried', 'released')),
    payee_sealed    bytea       NOT NULL,
    account_sealed  bytea       NOT NULL,
    failure         text,
    bank_reference  text,
    created_at      timestamptz NOT NULL,
    settled_at      timestamptz,
    UNIQUE (run_id, line),
    CHECK (state <> 'paid' OR bank_reference IS NOT NULL)
);
CREATE UNIQUE INDEX payment_item_once ON payment_item (application_id, month)
    WHERE state IN ('pending', 'paid', 'failed');
CREATE UNIQUE INDEX payment_item_reference ON payment_item (bank_reference);
CREATE INDEX payment_item_run ON payment_item (run_id, id);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_item
    FOREIGN KEY (payment_item_id) REFERENCES payment_item (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE payment ADD COLUMN item_id uuid UNIQUE REFERENCES payment_item (id);

-- What is claimed back of what was paid, and what of it has come back. Append-only.
CREATE TABLE clawback (
    id             uuid PRIMARY KEY,
    application_id uuid        NOT NULL REFERENCES application (id),
    amount_fen     bigint      NOT NULL CHECK (amount_fen > 0),
    whole          boolean     NOT NULL,
    reason         text        NOT NULL,
    decided_by     text        NOT NULL,
    decided_at     timestamptz NOT NULL,
    transaction_id uuid        NOT NULL UNIQUE REFERENCES ledger_transaction (id)
);
CREATE INDEX clawback_application ON clawback (application_id);
CREATE TRIGGER clawback_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON clawback
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE repayment (
    id             uuid PRIMARY KEY,
    clawback_id    uuid        NOT NULL REFERENCES clawback (id),
    amount_fen     bigint      NOT NULL CHECK (amount_fen > 0),
    bank_reference text        NOT NULL,
    booked_by      text        NOT NULL,
    booked_at      timestamptz NOT NULL,
    transaction_id uuid        NOT NULL UNIQUE REFERENCES ledger_transaction (id),
    -- one credit on the account statement is one repayment
    CONSTRAINT repayment_once UNIQUE (bank_reference)
);
CREATE INDEX repayment_clawback ON repayment (clawback_id);
CREATE TRIGGER repayment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON repayment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
