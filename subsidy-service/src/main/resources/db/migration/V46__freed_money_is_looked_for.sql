-- Money has become available in a scheme whose cases wait for it: they are funded by a job, in steps. Written by the
-- database, so that no way in which money becomes free is forgotten.
CREATE TABLE funding_wanted (
    scheme_id text   PRIMARY KEY,
    -- grows with each wish, so that one that comes while the queue is walked is not taken for answered
    wishes    bigint NOT NULL DEFAULT 1
);
CREATE FUNCTION funding_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO funding_wanted (scheme_id)
    SELECT NEW.scheme_id
     WHERE EXISTS (SELECT 1 FROM application a WHERE a.scheme_id = NEW.scheme_id AND a.state = 'awaiting-funds')
    ON CONFLICT (scheme_id) DO UPDATE SET wishes = funding_wanted.wishes + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER funding_wanted AFTER UPDATE OF balance_fen ON ledger_account
    FOR EACH ROW WHEN (NEW.kind = 'available' AND NEW.balance_fen > OLD.balance_fen) EXECUTE FUNCTION funding_wanted();
-- Who waits now may be waiting for money that is there.
INSERT INTO funding_wanted (scheme_id) SELECT DISTINCT scheme_id FROM application WHERE state = 'awaiting-funds';
