-- What was paid, by whose word and when it was said, is kept payment by payment; the settlement has the sum of what stands.
CREATE TABLE settlement_payment (
    settlement_id uuid NOT NULL REFERENCES settlement,
    number        int NOT NULL CHECK (number > 0),
    fen           bigint NOT NULL CHECK (fen >= 0),
    paid_on       date NOT NULL,
    recorded_on   date NOT NULL,
    reference     text NOT NULL,
    -- the supplier has confirmed the amount and the day
    confirmed_on  date,
    reversed_on   date,
    reversal      text,
    PRIMARY KEY (settlement_id, number),
    CHECK (recorded_on >= paid_on),
    CHECK ((reversed_on IS NULL) = (reversal IS NULL))
);
CREATE TABLE settlement_refund (
    settlement_id uuid NOT NULL REFERENCES settlement,
    number        int NOT NULL CHECK (number > 0),
    fen           bigint NOT NULL CHECK (fen > 0),
    refunded_on   date NOT NULL,
    recorded_on   date NOT NULL,
    reference     text NOT NULL,
    PRIMARY KEY (settlement_id, number),
    CHECK (recorded_on >= refunded_on)
);

ALTER TABLE settlement
    ADD COLUMN refunded_fen bigint NOT NULL DEFAULT 0,
    -- the last day on which one of the payments that stand was recorded, and of those that the supplier has not confirmed
    ADD COLUMN recorded_on date,
    ADD COLUMN unconfirmed_on date,
    -- a day that was recorded after the last one counts once the supplier has confirmed it
    ADD COLUMN in_time boolean GENERATED ALWAYS AS
        (coalesce(paid_on <= due_on AND coalesce(unconfirmed_on, paid_on) <= due_on, false)) STORED,
    -- what is recorded after the month of its day counts in the month of the recording
    ADD COLUMN counted_on date GENERATED ALWAYS AS
        (CASE WHEN paid_on IS NOT NULL THEN greatest(paid_on, date_trunc('month', recorded_on::timestamp)::date) END) STORED,
    DROP CONSTRAINT settlement_paid,
    ADD CONSTRAINT settlement_paid CHECK (paid_fen >= 0 AND (state <> 'paid' OR paid_fen IS NOT NULL)),
    ADD CONSTRAINT settlement_refunded CHECK (refunded_fen BETWEEN 0 AND coalesce(paid_fen, 0));
CREATE INDEX settlement_by_counting ON settlement (counted_on) WHERE counted_on IS NOT NULL;

-- What was marked paid before payments were kept, or is by a replica of the version before, has one payment as well.
INSERT INTO settlement_payment (settlement_id, number, fen, paid_on, recorded_on, reference)
SELECT id, 1, paid_fen, paid_on, paid_on, reference FROM settlement WHERE state = 'paid';
CREATE FUNCTION settlement_keeps_its_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO settlement_payment (settlement_id, number, fen, paid_on, recorded_on, reference)
    SELECT NEW.id, coalesce(max(number), 0) + 1,
           NEW.paid_fen - coalesce(sum(fen) FILTER (WHERE reversed_on IS NULL), 0), NEW.paid_on, NEW.paid_on,
           NEW.reference
      FROM settlement_payment WHERE settlement_id = NEW.id
    HAVING coalesce(sum(fen) FILTER (WHERE reversed_on IS NULL), -1) < NEW.paid_fen;
    RETURN NULL;
END $$;
CREATE TRIGGER settlement_keeps_its_payment AFTER INSERT OR UPDATE OF state ON settlement
    FOR EACH ROW WHEN (NEW.state = 'paid') EXECUTE FUNCTION settlement_keeps_its_payment();

-- Months that had ended when something was recorded do not move: it counts in the month of the recording.
CREATE OR REPLACE VIEW settlement_entry AS
    SELECT chain_id, supplier_id, accepted_on AS day, 'accepted' AS kind, amount_fen AS fen FROM settlement
    UNION ALL
    SELECT chain_id, supplier_id, (decided_at AT TIME ZONE 'Asia/Shanghai')::date, 'credited', -amount_fen
      FROM goods_return WHERE state = 'confirmed'
    UNION ALL
    SELECT s.chain_id, s.supplier_id, greatest(p.paid_on, date_trunc('month', p.recorded_on)::date), 'paid', -p.fen
      FROM settlement_payment p JOIN settlement s ON s.id = p.settlement_id
    UNION ALL
    SELECT s.chain_id, s.supplier_id, p.reversed_on, 'reversed', p.fen
      FROM settlement_payment p JOIN settlement s ON s.id = p.settlement_id
     WHERE p.reversed_on IS NOT NULL
    UNION ALL
    SELECT s.chain_id, s.supplier_id, greatest(r.refunded_on, date_trunc('month', r.recorded_on)::date), 'refunded', r.fen
      FROM settlement_refund r JOIN settlement s ON s.id = r.settlement_id;
