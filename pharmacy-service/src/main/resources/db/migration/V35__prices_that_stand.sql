-- For how many days what a seller asked counts against a rise: dated configuration like the limits beside it.
ALTER TABLE price_threshold ADD COLUMN history_days int NOT NULL DEFAULT 90 CHECK (history_days BETWEEN 1 AND 1000);

-- What the office closed last, of each seller and medicine: looked up for each red price.
CREATE INDEX price_case_closed ON price_case (institution_id, drug_id, closed_at DESC) WHERE state = 'closed';
