-- A grant that is had once, or for so many months, is not had again when these are over: an application keeps later ones of
-- its person and scheme out for good, unless an option of the scheme lets it be had again. What is paid when stays in period.
ALTER TABLE application
    -- the scheme lets it be had again once its period is over
    ADD COLUMN had_again boolean NOT NULL DEFAULT false,
    -- in which no other of the same person and scheme may live; null: it keeps none out
    ADD COLUMN claimed daterange;

-- Kept by the database, so that it holds also for what a replica of before writes. An end before anything was paid, with
-- nothing at the bank, gives the grant back; one that has paid does not.
CREATE FUNCTION application_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.claimed IS NOT NULL AND NEW.state <> 'ended'
        AND (NEW.state, NEW.period, NEW.had_again) IS NOT DISTINCT FROM (OLD.state, OLD.period, OLD.had_again) THEN
        RETURN NEW;
    END IF;
    NEW.claimed := CASE
        WHEN NEW.state IN ('draft', 'rejected', 'withdrawn') THEN NULL
        WHEN NEW.state = 'ended'
            AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.application_id = NEW.id AND p.outcome = 'paid')
            AND NOT EXISTS (SELECT 1 FROM payment_item i
                             WHERE i.application_id = NEW.id AND i.state IN ('pending', 'failed', 'paid')) THEN NULL
        WHEN NOT NEW.had_again AND coalesce(NEW.decision_trace #>> '{grant,period}',
                NEW.decision_trace #>> '{ceiling,period}') IN ('once', 'month') THEN daterange(lower(NEW.period), NULL)
        ELSE NEW.period END;
    RETURN NEW;
END
$$;
CREATE TRIGGER application_claims BEFORE INSERT OR UPDATE OF state, period, had_again ON application
    FOR EACH ROW EXECUTE FUNCTION application_claims();

-- The last that was open of an ended case was given up.
CREATE FUNCTION application_claims_nothing_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE application SET state = state WHERE id = NEW.application_id AND state = 'ended';
    RETURN NULL;
END
$$;
CREATE TRIGGER application_claims_nothing_paid AFTER UPDATE OF state ON payment_item
    FOR EACH ROW WHEN (NEW.state = 'released') EXECUTE FUNCTION application_claims_nothing_paid();

-- Existing rows: of one person and scheme no two periods overlap (the constraint of before). Those that were followed by
-- another keep their period, so that only the last one of each claims what comes later: no two overlap.
UPDATE application a
   SET had_again = true
 WHERE a.state NOT IN ('draft', 'rejected', 'withdrawn')
   AND EXISTS (SELECT 1 FROM application later
                WHERE later.id_number_index = a.id_number_index AND later.scheme_id = a.scheme_id
                  AND later.state NOT IN ('draft', 'rejected', 'withdrawn') AND lower(later.period) > lower(a.period));
UPDATE application SET state = state WHERE state NOT IN ('draft', 'rejected', 'withdrawn');

-- The same name: a replica of before answers with 409 as it did.
ALTER TABLE application DROP CONSTRAINT application_once;
ALTER TABLE application ADD CONSTRAINT application_once
    EXCLUDE USING gist (id_number_index WITH =, scheme_id WITH =, claimed WITH &&) WHERE (claimed IS NOT NULL);
