-- Double entry in fen, per budget (scheme, year, city or district share). What is positive in an account is what it
-- holds; 'source' is where appropriations come from and so the only account that goes below zero.
CREATE TABLE ledger_account (
    id          uuid PRIMARY KEY,
    scheme_id   text    NOT NULL,
    budget_year integer NOT NULL CHECK (budget_year BETWEEN 2000 AND 2200),
    party       text    NOT NULL CHECK (party IN ('city', 'district')),
    area_code   text    NOT NULL,
    kind        text    NOT NULL CHECK (kind IN ('source', 'available', 'committed', 'paid')),
    balance_fen bigint  NOT NULL DEFAULT 0,
    UNIQUE (scheme_id, budget_year, party, area_code, kind),
    -- never over the budget, never paid beyond what was committed
    CONSTRAINT ledger_never_over_budget CHECK (kind = 'source' OR balance_fen >= 0)
);

CREATE TABLE ledger_transaction (
    id             uuid PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind IN ('appropriation', 'commitment', 'payment', 'release', 'return')),
    application_id uuid REFERENCES application (id),
    memo           text        NOT NULL,
    booked_by      text        NOT NULL,
    booked_at      timestamptz NOT NULL,
    written_in     xid8        NOT NULL DEFAULT pg_current_xact_id()
);

CREATE TABLE ledger_entry (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id uuid   NOT NULL REFERENCES ledger_transaction (id),
    account_id     uuid   NOT NULL REFERENCES ledger_account (id),
    amount_fen     bigint NOT NULL CHECK (amount_fen <> 0)
);
CREATE INDEX ledger_entry_account ON ledger_entry (account_id, id);
CREATE INDEX ledger_entry_transaction ON ledger_entry (transaction_id);
CREATE INDEX ledger_transaction_application ON ledger_transaction (application_id);

CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An entry moves the balance of its account with it, and belongs to a transaction that is being written now: what is
-- booked cannot be added to later.
CREATE FUNCTION ledger_post_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_transaction t
                    WHERE t.id = NEW.transaction_id AND t.written_in = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'ledger transaction % is closed', NEW.transaction_id USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE ledger_account SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_entry_post BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_post_entry();

CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entries integer;
    total   numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount_fen), 0) INTO entries, total FROM ledger_entry WHERE transaction_id = NEW.id;
    IF entries < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'ledger transaction % has % entries that add up to %', NEW.id, entries, total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

-- The balance of an account moves with its entries only. (A trigger inside a trigger has depth 2.)
CREATE FUNCTION ledger_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.balance_fen <> 0 THEN
        RAISE EXCEPTION 'an account begins with zero' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (pg_trigger_depth() < 2 OR (NEW.id, NEW.scheme_id, NEW.budget_year, NEW.party, NEW.area_code,
        NEW.kind) IS DISTINCT FROM (OLD.id, OLD.scheme_id, OLD.budget_year, OLD.party, OLD.area_code, OLD.kind)) THEN
        RAISE EXCEPTION 'a balance moves with its entries only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'accounts stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_account_guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_guard();

-- One row a case and month, whether it was paid or not: the same run twice pays once.
CREATE TABLE payment (
    id             uuid PRIMARY KEY,
    application_id uuid        NOT NULL REFERENCES application (id),
    month          date        NOT NULL CHECK (extract(day FROM month) = 1),
    outcome        text        NOT NULL CHECK (outcome IN ('paid', 'withheld')),
    amount_fen     bigint      NOT NULL CHECK (amount_fen > 0),
    reasons        jsonb       NOT NULL,
    transaction_id uuid        NOT NULL REFERENCES ledger_transaction (id),
    created_at     timestamptz NOT NULL,
    CONSTRAINT payment_once UNIQUE (application_id, month)
);
CREATE TRIGGER payment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
