-- What was paid in a calendar year is asked across all budgets. Transactions are written in the order of time.
CREATE INDEX ledger_transaction_booked ON ledger_transaction USING brin (booked_at);
