-- The insurer's account and each payment to it are entered by one person and confirmed by another; a payment that the bank
-- sends back is entered as such.
ALTER TABLE insurance_round
    ADD COLUMN account_entered_by text,
    ADD COLUMN account_confirmed_by text,
    ADD COLUMN account_confirmed_at timestamptz,
    ADD CONSTRAINT insurance_account_four_eyes
        CHECK (account_confirmed_by IS NULL OR account_confirmed_by <> coalesce(account_entered_by, created_by));
ALTER TABLE insurance_filing DROP CONSTRAINT insurance_filing_state_check;
ALTER TABLE insurance_filing ADD CONSTRAINT insurance_filing_state_check CHECK (state IN
    ('draft', 'filed', 'returned', 'district-review', 'city-review', 'approved', 'transferred', 'paying', 'paid',
     'rejected'));
CREATE TABLE insurance_payment (
    id               uuid PRIMARY KEY,
    filing_id        uuid        NOT NULL REFERENCES insurance_filing (id),
    state            text        NOT NULL CHECK (state IN ('entered', 'refused', 'confirmed', 'returned')),
    bank_reference   text        NOT NULL,
    entered_by       text        NOT NULL,
    entered_at       timestamptz NOT NULL,
    decided_by       text,
    decided_at       timestamptz,
    transaction_id   uuid UNIQUE REFERENCES ledger_transaction (id),
    return_reference text CONSTRAINT insurance_return_once UNIQUE,
    return_reason    text,
    returned_by      text,
    returned_at      timestamptz,
    CHECK ((state IN ('confirmed', 'returned')) = (transaction_id IS NOT NULL)),
    CHECK ((state = 'returned') = (return_reference IS NOT NULL)),
    CONSTRAINT insurance_payment_four_eyes CHECK (decided_by IS NULL OR decided_by <> entered_by)
);
-- What a filing is paid is paid once at a time.
CREATE UNIQUE INDEX insurance_payment_one ON insurance_payment (filing_id) WHERE state IN ('entered', 'confirmed');
CREATE UNIQUE INDEX insurance_payment_reference ON insurance_payment (bank_reference) WHERE state <> 'refused';
INSERT INTO insurance_payment (id, filing_id, state, bank_reference, entered_by, entered_at, transaction_id)
SELECT gen_random_uuid(), f.id, 'confirmed', f.bank_reference, t.booked_by, t.booked_at, t.id
  FROM insurance_filing f JOIN ledger_transaction t ON t.filing_id = f.id AND t.kind = 'payment'
 WHERE f.state = 'paid' AND f.bank_reference IS NOT NULL;
-- What came back is paid again: a payment and its return are held to one by the table above.
DROP INDEX ledger_filing_once;
CREATE UNIQUE INDEX ledger_filing_once ON ledger_transaction (filing_id, kind) WHERE kind NOT IN ('payment', 'return');
