-- The periods of the yearly round (第十一条): when it was told that one ends soon, and that one has passed; once each.
ALTER TABLE insurance_round ADD COLUMN filing_warned_at timestamptz, ADD COLUMN filing_missed_at timestamptz;
ALTER TABLE insurance_filing ADD COLUMN district_warned_at timestamptz, ADD COLUMN district_missed_at timestamptz;

-- The lines of a list that was decided, and what was decided, are kept for a while only; the counts stay.
ALTER TABLE batch_job ADD COLUMN erased_at timestamptz;
CREATE INDEX batch_job_kept ON batch_job (finished_at) WHERE state = 'done' AND erased_at IS NULL;
