-- A month that was withheld is due after all: one asks with reasons, another decides.
CREATE TABLE month_reopening (
    id              uuid PRIMARY KEY,
    application_id  uuid        NOT NULL REFERENCES application (id),
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    reason          text        NOT NULL,
    asked_by        text        NOT NULL,
    asked_org       text        NOT NULL,
    asked_at        timestamptz NOT NULL,
    decision        text CHECK (decision IN ('approved', 'refused')),
    decision_reason text,
    decided_by      text,
    decided_at      timestamptz,
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
           AND (decision IS NULL) = (decision_reason IS NULL)),
    CONSTRAINT month_reopening_four_eyes CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE UNIQUE INDEX month_reopening_one_open ON month_reopening (payment_id) WHERE decision IS NULL;
CREATE INDEX month_reopening_application ON month_reopening (application_id);
CREATE FUNCTION month_reopening_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.decision IS NOT NULL OR (NEW.id, NEW.application_id, NEW.payment_id, NEW.reason, NEW.asked_by)
        IS DISTINCT FROM (OLD.id, OLD.application_id, OLD.payment_id, OLD.reason, OLD.asked_by) THEN
        RAISE EXCEPTION 'a reopening is decided once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER month_reopening_stays BEFORE UPDATE OR DELETE ON month_reopening
    FOR EACH ROW EXECUTE FUNCTION month_reopening_stays();

-- An ended case of which nothing was paid had been given back; once a month of it is ordered it claims again.
CREATE FUNCTION application_claims_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE application SET state = state WHERE id = NEW.application_id AND state = 'ended';
    RETURN NULL;
END
$$;
CREATE TRIGGER application_claims_again AFTER INSERT ON payment_item
    FOR EACH ROW EXECUTE FUNCTION application_claims_again();
