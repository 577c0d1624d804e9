-- What is granted by the year keeps later ones of its person and scheme out of the calendar years of its period, not only of
-- the month in which it was applied for (as in V49 but for that). What is claimed already stays as it is: two of one year that
-- were let in before must still be able to go on.
CREATE OR REPLACE FUNCTION application_claims() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    granted_by text := coalesce(NEW.decision_trace #>> '{grant,period}', NEW.decision_trace #>> '{ceiling,period}');
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
        WHEN granted_by = 'year' THEN
            CASE WHEN TG_OP = 'UPDATE' AND OLD.claimed IS NOT NULL AND NEW.period = OLD.period THEN OLD.claimed
                 ELSE daterange(date_trunc('year', lower(NEW.period))::date,
                                (date_trunc('year', upper(NEW.period) - 1) + interval '1 year')::date) END
        WHEN NOT NEW.had_again AND granted_by IN ('once', 'month') THEN daterange(lower(NEW.period), NULL)
        ELSE NEW.period END;
    RETURN NEW;
END
$$;
