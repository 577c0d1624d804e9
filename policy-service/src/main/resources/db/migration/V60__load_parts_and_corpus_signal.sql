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

-- Whoever keeps a read model listens; the poll is the fallback. One signal for each transaction, however many works.
CREATE FUNCTION corpus_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('corpus_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER work_changed AFTER INSERT OR UPDATE OF changed_tx ON work
    FOR EACH STATEMENT EXECUTE FUNCTION corpus_changed();
