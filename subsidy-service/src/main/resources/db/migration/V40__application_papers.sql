-- The papers that a scheme asks for, sealed in the database, so that every replica can read them.
CREATE TABLE application_paper (
    id             uuid PRIMARY KEY,
    application_id uuid        NOT NULL REFERENCES application (id),
    kind           text        NOT NULL,
    media_type     text        NOT NULL,
    size_bytes     integer     NOT NULL CHECK (size_bytes > 0),
    sha256         bytea       NOT NULL,
    content        bytea       NOT NULL,
    uploaded_at    timestamptz NOT NULL
);
CREATE INDEX application_paper_application ON application_paper (application_id);

-- What is reviewed stays as it was submitted: papers come and go while the case is open to change, and go with the person.
CREATE FUNCTION refuse_paper_of_closed_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM application a WHERE a.id = NEW.application_id AND a.state IN ('draft', 'supplement');
        IF FOUND THEN
            RETURN NEW;
        END IF;
    ELSE
        PERFORM FROM application a
          WHERE a.id = OLD.application_id AND (a.state IN ('draft', 'supplement') OR a.erasure_id IS NOT NULL);
        IF FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% changes with an open application only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER application_paper_open BEFORE INSERT OR DELETE ON application_paper
    FOR EACH ROW EXECUTE FUNCTION refuse_paper_of_closed_case();
-- under another key it is the same paper
CREATE TRIGGER application_paper_append_only BEFORE UPDATE ON application_paper
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_seal();
CREATE TRIGGER application_paper_stay BEFORE TRUNCATE ON application_paper
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
