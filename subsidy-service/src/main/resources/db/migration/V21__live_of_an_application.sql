ALTER TABLE application
    -- the most that may be granted, where an office sets the amount; null where the rules say it
    ADD COLUMN ceiling_fen bigint CHECK (ceiling_fen > 0),
    ADD COLUMN suspended_reason text,
    ADD CONSTRAINT application_within_ceiling CHECK (ceiling_fen IS NULL OR monthly_fen <= ceiling_fen);

-- All that is asked for is asked for at once, once at each level.
CREATE TABLE supplement_request (
    id             uuid PRIMARY KEY,
    application_id uuid        NOT NULL REFERENCES application (id),
    level          text        NOT NULL CHECK (level IN ('first', 'second')),
    items          jsonb       NOT NULL CHECK (jsonb_array_length(items) > 0),
    asked_by       text        NOT NULL,
    asked_org      text        NOT NULL,
    asked_at       timestamptz NOT NULL,
    CONSTRAINT supplement_once UNIQUE (application_id, level)
);
CREATE TRIGGER supplement_request_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON supplement_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An appeal is decided once, by somebody who has not decided before: the constraints of the reviews say so.
ALTER TABLE review DROP CONSTRAINT review_level_check;
ALTER TABLE review ADD CONSTRAINT review_level_check CHECK (level IN ('first', 'second', 'appeal'));
ALTER TABLE review
    ADD COLUMN amount_fen bigint CHECK (amount_fen > 0),
    ADD COLUMN amount_reason text;
CREATE FUNCTION review_not_of_own_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM application_facts f
                WHERE f.application_id = NEW.application_id AND f.recorded_by = NEW.reviewer_subject) THEN
        RAISE EXCEPTION 'review_not_of_own_entries' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER review_not_of_own_entries BEFORE INSERT ON review
    FOR EACH ROW EXECUTE FUNCTION review_not_of_own_entries();

CREATE TABLE appeal (
    application_id uuid PRIMARY KEY REFERENCES application (id),
    grounds        text        NOT NULL,
    filed_at       timestamptz NOT NULL
);
CREATE TRIGGER appeal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON appeal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE objection (
    id             uuid PRIMARY KEY,
    version        bigint      NOT NULL DEFAULT 1,
    application_id uuid        NOT NULL REFERENCES application (id),
    objector       text        NOT NULL,
    text_sealed    bytea       NOT NULL,
    filed_at       timestamptz NOT NULL,
    decision       text CHECK (decision IN ('dismissed', 'extended', 'upheld')),
    reason         text,
    decided_by     text,
    decided_at     timestamptz,
    CHECK ((decision IS NULL) = (reason IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
    CONSTRAINT objection_once UNIQUE (application_id, objector)
);
CREATE INDEX objection_open ON objection (application_id) WHERE decision IS NULL;

-- The periods of an application, stored as they start; they follow its states.
CREATE TABLE application_deadline (
    id             uuid PRIMARY KEY,
    application_id uuid        NOT NULL REFERENCES application (id),
    kind           text        NOT NULL CHECK (kind IN
        ('first-review', 'second-review', 'supplement', 'appeal', 'appeal-review', 'objection')),
    bound          text        NOT NULL CHECK (bound IN ('office', 'applicant')),
    bound_org      text,
    started_at     timestamptz NOT NULL,
    last_day       date        NOT NULL,
    provisional    boolean     NOT NULL,
    warn_on        date        NOT NULL,
    warned_at      timestamptz,
    met_at         timestamptz,
    missed_at      timestamptz,
    closed_at      timestamptz
);
CREATE UNIQUE INDEX application_deadline_one ON application_deadline (application_id, kind)
    WHERE met_at IS NULL AND closed_at IS NULL;
CREATE INDEX application_deadline_watch ON application_deadline (last_day)
    WHERE met_at IS NULL AND closed_at IS NULL AND missed_at IS NULL;

-- 不得重复享受 across schemes: one row for each pair of schemes that exclude each other. It lives and dies with its
-- application, and no two of one person overlap in it.
CREATE TABLE application_exclusion (
    application_id  uuid      NOT NULL REFERENCES application (id),
    pair            text      NOT NULL,
    id_number_index bytea     NOT NULL,
    period          daterange NOT NULL,
    live            boolean   NOT NULL DEFAULT true,
    PRIMARY KEY (application_id, pair),
    CONSTRAINT application_exclusive EXCLUDE USING gist (id_number_index WITH =, pair WITH =, period WITH &&)
        WHERE (live)
);
CREATE FUNCTION application_exclusion_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE application_exclusion
       SET live = NEW.state NOT IN ('draft', 'rejected', 'withdrawn'), period = NEW.period,
           id_number_index = NEW.id_number_index
     WHERE application_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER application_exclusion_follows AFTER UPDATE OF state, period, id_number_index ON application
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.period IS DISTINCT FROM NEW.period
        OR OLD.id_number_index IS DISTINCT FROM NEW.id_number_index)
    EXECUTE FUNCTION application_exclusion_follows();
