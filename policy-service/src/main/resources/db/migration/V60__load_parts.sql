-- The content of a load in parts of a megabyte: nobody has to hold it whole more than once.
CREATE TABLE load_part (
    load_id uuid  NOT NULL REFERENCES load ON DELETE CASCADE,
    seq     int   NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (load_id, seq)
);
ALTER TABLE load ALTER COLUMN content DROP NOT NULL;
-- documents that could not be stored; the report says why
ALTER TABLE load ADD COLUMN rejected int NOT NULL DEFAULT 0;
CREATE INDEX load_by_content ON load (content_hash);
