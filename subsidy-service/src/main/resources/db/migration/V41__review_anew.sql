-- A supplement that changes what somebody has decided on is reviewed anew, from the first level on: a round of its own.
ALTER TABLE application
    ADD COLUMN review_round integer NOT NULL DEFAULT 1 CHECK (review_round > 0),
    -- facts or account are not those any more that this round has looked at
    ADD COLUMN review_anew boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT application_reviewed_anew CHECK (NOT review_anew OR state IN ('supplement', 'withdrawn'));
ALTER TABLE review ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round > 0);
ALTER TABLE review DROP CONSTRAINT review_once_per_level;
ALTER TABLE review ADD CONSTRAINT review_once_per_level UNIQUE (application_id, round, level);
-- Who has decided at one level decides there again in a later round, and at no other in any.
ALTER TABLE review DROP CONSTRAINT review_four_eyes;
ALTER TABLE review ADD CONSTRAINT review_four_eyes
    EXCLUDE USING gist (application_id WITH =, reviewer_subject WITH =, level WITH <>);

-- A paper that was handed in stays with the case: its owner can replace it, not take it away.
ALTER TABLE application_paper ADD COLUMN superseded_at timestamptz;
CREATE OR REPLACE FUNCTION refuse_paper_of_closed_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM application a WHERE a.id = NEW.application_id AND a.state IN ('draft', 'supplement');
        IF FOUND THEN
            RETURN NEW;
        END IF;
    ELSE
        PERFORM FROM application a
          WHERE a.id = OLD.application_id AND (a.state = 'draft' OR a.erasure_id IS NOT NULL
                OR a.state = 'supplement' AND OLD.uploaded_at > ALL
                   (SELECT s.asked_at FROM supplement_request s WHERE s.application_id = a.id));
        IF FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% changes with an open application only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE FUNCTION refuse_change_but_supersede() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('platform.seal_anew', true) = 'on'
        AND to_jsonb(NEW) - 'content' = to_jsonb(OLD) - 'content' THEN
        RETURN NEW;
    END IF;
    IF OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND NEW.content = OLD.content
        AND to_jsonb(NEW) - 'content' - 'superseded_at' = to_jsonb(OLD) - 'content' - 'superseded_at'
        AND EXISTS (SELECT 1 FROM application a WHERE a.id = OLD.application_id AND a.state = 'supplement') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER application_paper_append_only ON application_paper;
CREATE TRIGGER application_paper_append_only BEFORE UPDATE ON application_paper
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_supersede();
