-- What was claimed back of money that then comes back from the bank is not owed any more: which claim that settled, and by
-- how much. Only ever added.
CREATE TABLE clawback_settlement (
    payment_id  uuid   NOT NULL REFERENCES payment_reversal (payment_id),
    clawback_id uuid   NOT NULL REFERENCES clawback (id),
    amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (payment_id, clawback_id)
);
CREATE INDEX clawback_settlement_clawback ON clawback_settlement (clawback_id);
CREATE TRIGGER clawback_settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON clawback_settlement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who has decided a claim does not say that it was met, by a return as little as by a repayment.
CREATE FUNCTION clawback_settlement_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM clawback k JOIN payment_reversal v ON v.decided_by = k.decided_by
                WHERE k.id = NEW.clawback_id AND v.payment_id = NEW.payment_id) THEN
        RAISE EXCEPTION 'repayment_four_eyes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER clawback_settlement_four_eyes BEFORE INSERT ON clawback_settlement
    FOR EACH ROW EXECUTE FUNCTION clawback_settlement_four_eyes();
