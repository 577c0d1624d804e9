-- A reply of thousands of lines is booked at once: its accounts move once, not once an entry (each move leaves a version of
-- the row that the next one has to pass). As in V2, an entry belongs to a transaction that is being written now.
CREATE FUNCTION ledger_post_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed uuid;
BEGIN
    SELECT w.transaction_id INTO closed
      FROM written w LEFT JOIN ledger_transaction t ON t.id = w.transaction_id AND t.written_in = pg_current_xact_id()
     WHERE t.id IS NULL LIMIT 1;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'ledger transaction % is closed', closed USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE ledger_account a SET balance_fen = a.balance_fen + m.fen
      FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM written GROUP BY account_id) m
     WHERE a.id = m.account_id;
    RETURN NULL;
END
$$;
DROP TRIGGER ledger_entry_post ON ledger_entry;
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_post_entries();
DROP FUNCTION ledger_post_entry();
