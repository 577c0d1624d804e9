-- The transaction that added a version. Together with the version's id this is the history of the corpus: a read model
-- remembers the last version it saw, and a database that does not have it at that place is not the one it was built from
-- (another one, or the same restored to an earlier point, whatever has been loaded since).
ALTER TABLE version ADD COLUMN recorded_tx bigint NOT NULL DEFAULT 0;
ALTER TABLE version ALTER COLUMN recorded_tx SET DEFAULT pg_current_xact_id()::text::bigint;
CREATE INDEX version_history ON version (recorded_tx, id);

-- Read models hear of a change when its transaction commits.
CREATE FUNCTION notify_corpus_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('corpus_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER work_changed_notify
    AFTER DELETE OR UPDATE OF changed_tx ON work
    FOR EACH STATEMENT EXECUTE FUNCTION notify_corpus_changed();
