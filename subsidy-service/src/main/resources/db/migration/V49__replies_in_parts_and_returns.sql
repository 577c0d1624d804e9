-- The bank may answer a file in parts; each part is taken once. Kept by a trigger, so that it holds also for what a replica
-- of before writes.
CREATE TABLE payment_reply (
    run_id     uuid        NOT NULL REFERENCES payment_run (id),
    digest     bytea       NOT NULL,
    entered_by text        NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, digest)
);
INSERT INTO payment_reply (run_id, digest, entered_by, entered_at)
SELECT id, reply_digest, replied_by, replied_at FROM payment_run WHERE reply_digest IS NOT NULL;
CREATE TRIGGER payment_reply_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_reply
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION payment_run_replied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payment_reply (run_id, digest, entered_by, entered_at)
    VALUES (NEW.id, NEW.reply_digest, NEW.replied_by, NEW.replied_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER payment_run_replied AFTER UPDATE OF reply_digest ON payment_run
    FOR EACH ROW WHEN (NEW.reply_digest IS NOT NULL) EXECUTE FUNCTION payment_run_replied();

-- What was settled is taken back by a row of its own: a month can then be settled again, in a further round.
CREATE TABLE payment_reversal (
    payment_id     uuid PRIMARY KEY REFERENCES payment (id),
    kind           text        NOT NULL CHECK (kind IN ('returned', 'reopened')),
    reason         text        NOT NULL,
    -- one credit on the account statement is one return
    bank_reference text CONSTRAINT payment_returned_once UNIQUE,
    decided_by     text        NOT NULL,
    decided_at     timestamptz NOT NULL,
    transaction_id uuid        NOT NULL UNIQUE REFERENCES ledger_transaction (id),
    CHECK ((kind = 'returned') = (bank_reference IS NOT NULL))
);
CREATE TRIGGER payment_reversal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_reversal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A credit that was booked as a repayment is no return, and the other way round.
CREATE FUNCTION bank_credit_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'repayment' AND EXISTS
            (SELECT 1 FROM payment_reversal v WHERE v.bank_reference = NEW.bank_reference)
        OR TG_TABLE_NAME = 'payment_reversal' AND EXISTS
            (SELECT 1 FROM repayment r WHERE r.bank_reference = NEW.bank_reference) THEN
        RAISE EXCEPTION 'repayment_once: this credit is booked' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER repayment_credit_once BEFORE INSERT ON repayment FOR EACH ROW EXECUTE FUNCTION bank_credit_once();
CREATE TRIGGER payment_reversal_credit_once BEFORE INSERT ON payment_reversal
    FOR EACH ROW EXECUTE FUNCTION bank_credit_once();

ALTER TABLE payment ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round > 0);
CREATE FUNCTION payment_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.round := 1 + (SELECT count(*) FROM payment p JOIN payment_reversal v ON v.payment_id = p.id
                       WHERE p.application_id = NEW.application_id AND p.month = NEW.month);
    RETURN NEW;
END
$$;
CREATE TRIGGER payment_round BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_round();
-- Of each month one row is in force at most: the same name, so that a replica of before answers as it did.
ALTER TABLE payment DROP CONSTRAINT payment_once;
ALTER TABLE payment ADD CONSTRAINT payment_once UNIQUE (application_id, month, round);
-- An order that came back after it had arrived may still be given up.
ALTER TABLE payment DROP CONSTRAINT payment_item_id_key;
ALTER TABLE payment ADD CONSTRAINT payment_item_settled_once UNIQUE (item_id, outcome);

-- What came back was not had (as in V42, but for what was taken back).
CREATE OR REPLACE FUNCTION application_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.claimed IS NOT NULL AND NEW.state <> 'ended'
        AND (NEW.state, NEW.period, NEW.had_again) IS NOT DISTINCT FROM (OLD.state, OLD.period, OLD.had_again) THEN
        RETURN NEW;
    END IF;
    NEW.claimed := CASE
        WHEN NEW.state IN ('draft', 'rejected', 'withdrawn') THEN NULL
        WHEN NEW.state = 'ended'
            AND NOT EXISTS (SELECT 1 FROM payment p
                             WHERE p.application_id = NEW.id AND p.outcome = 'paid'
                               AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id))
            AND NOT EXISTS (SELECT 1 FROM payment_item i
                             WHERE i.application_id = NEW.id AND i.state IN ('pending', 'failed', 'paid', 'held')) THEN NULL
        WHEN NOT NEW.had_again AND coalesce(NEW.decision_trace #>> '{grant,period}',
                NEW.decision_trace #>> '{ceiling,period}') IN ('once', 'month') THEN daterange(lower(NEW.period), NULL)
        ELSE NEW.period END;
    RETURN NEW;
END
$$;
