-- Whoever has decided on a case does not decide on what is said against it, nor does who said it or who applied.
CREATE FUNCTION objection_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by = NEW.objector
        OR EXISTS (SELECT 1 FROM application a WHERE a.id = NEW.application_id AND a.owner_subject = NEW.decided_by)
        OR EXISTS (SELECT 1 FROM review r
                    WHERE r.application_id = NEW.application_id AND r.reviewer_subject = NEW.decided_by) THEN
        RAISE EXCEPTION 'objection_four_eyes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER objection_four_eyes BEFORE INSERT OR UPDATE OF decided_by ON objection
    FOR EACH ROW WHEN (NEW.decided_by IS NOT NULL) EXECUTE FUNCTION objection_four_eyes();

-- Nor does who has decided on an objection, raised one, or asked for a supplement decide on the appeal.
CREATE FUNCTION appeal_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM objection o WHERE o.application_id = NEW.application_id
                  AND NEW.reviewer_subject IN (o.decided_by, o.objector))
        OR EXISTS (SELECT 1 FROM supplement_request s
                    WHERE s.application_id = NEW.application_id AND s.asked_by = NEW.reviewer_subject) THEN
        RAISE EXCEPTION 'appeal_four_eyes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER appeal_four_eyes BEFORE INSERT ON review
    FOR EACH ROW WHEN (NEW.level = 'appeal') EXECUTE FUNCTION appeal_four_eyes();
