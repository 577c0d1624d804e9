-- which rules run out between two days
CREATE INDEX version_until ON version (valid_until, work_id) WHERE valid_until IS NOT NULL;
