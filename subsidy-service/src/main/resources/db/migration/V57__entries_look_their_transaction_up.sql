-- As in V45, but for how it looks for a transaction that is closed: no statistics know the transactions of this moment, so the
-- planner took them for one, and went through all of them for each entry. The entries of ten thousand orders took longer than a
-- statement may, and no reply to a whole file could be booked. Each is looked up by its key, also where the plan was made while
-- the table was small.
CREATE OR REPLACE FUNCTION ledger_post_entries() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    closed uuid;
BEGIN
    SELECT w.transaction_id INTO closed
      FROM (SELECT DISTINCT transaction_id FROM written) w
     WHERE (SELECT t.written_in FROM ledger_transaction t WHERE t.id = w.transaction_id)
           IS DISTINCT FROM pg_current_xact_id()
     LIMIT 1;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'ledger transaction % is closed', closed USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE ledger_account a SET balance_fen = a.balance_fen + m.fen
      FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM written GROUP BY account_id) m
     WHERE a.id = m.account_id;
    RETURN NULL;
END
$$;
