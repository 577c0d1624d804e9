-- A run's payments are looked at once more when it is sent. What is not due any more is taken out of the file: held while its
-- case is suspended, excluded for good. A run of which nothing is left is cancelled.
ALTER TABLE payment_item DROP CONSTRAINT payment_item_state_check;
ALTER TABLE payment_item ADD CONSTRAINT payment_item_state_check
    CHECK (state IN ('pending', 'paid', 'failed', 'retried', 'released', 'held', 'excluded'));
-- its place in the file that was not sent with it
ALTER TABLE payment_item ADD COLUMN taken_line integer;
CREATE INDEX payment_item_taken_out ON payment_item (run_id) WHERE taken_line IS NOT NULL;
CREATE INDEX payment_item_held ON payment_item (id) WHERE state = 'held';
DROP INDEX payment_item_once;
CREATE UNIQUE INDEX payment_item_once ON payment_item (application_id, month)
    WHERE state IN ('pending', 'paid', 'failed', 'held');

ALTER TABLE payment_run DROP CONSTRAINT payment_run_state_check;
ALTER TABLE payment_run ADD CONSTRAINT payment_run_state_check
    CHECK (state IN ('created', 'file-made', 'sent', 'replied', 'closed', 'cancelled'));
ALTER TABLE payment_run DROP CONSTRAINT payment_run_check;
ALTER TABLE payment_run ADD CONSTRAINT payment_run_check
    CHECK (state IN ('created', 'cancelled') OR (digest IS NOT NULL AND items > 0 AND total_fen > 0));

-- As in V34; what is held may still be paid.
CREATE OR REPLACE FUNCTION application_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.claimed IS NOT NULL AND NEW.state <> 'ended'
        AND (NEW.state, NEW.period, NEW.had_again) IS NOT DISTINCT FROM (OLD.state, OLD.period, OLD.had_again) THEN
        RETURN NEW;
    END IF;
    NEW.claimed := CASE
        WHEN NEW.state IN ('draft', 'rejected', 'withdrawn') THEN NULL
        WHEN NEW.state = 'ended'
            AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.application_id = NEW.id AND p.outcome = 'paid')
            AND NOT EXISTS (SELECT 1 FROM payment_item i WHERE i.application_id = NEW.id
                               AND i.state IN ('pending', 'failed', 'paid', 'held')) THEN NULL
        WHEN NOT NEW.had_again AND coalesce(NEW.decision_trace #>> '{grant,period}',
                NEW.decision_trace #>> '{ceiling,period}') IN ('once', 'month') THEN daterange(lower(NEW.period), NULL)
        ELSE NEW.period END;
    RETURN NEW;
END
$$;
DROP TRIGGER application_claims_nothing_paid ON payment_item;
CREATE TRIGGER application_claims_nothing_paid AFTER UPDATE OF state ON payment_item
    FOR EACH ROW WHEN (NEW.state IN ('released', 'excluded')) EXECUTE FUNCTION application_claims_nothing_paid();
