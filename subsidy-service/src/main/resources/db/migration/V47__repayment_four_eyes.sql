-- Who has decided a claim does not say that it was met.
CREATE FUNCTION repayment_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM clawback k WHERE k.id = NEW.clawback_id AND k.decided_by = NEW.booked_by) THEN
        RAISE EXCEPTION 'repayment_four_eyes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER repayment_four_eyes BEFORE INSERT ON repayment
    FOR EACH ROW EXECUTE FUNCTION repayment_four_eyes();
