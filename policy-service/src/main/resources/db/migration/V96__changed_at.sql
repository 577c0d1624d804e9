-- When a document changed last for its readers: a version was recorded or withdrawn, or something ended or prolonged it.
-- The feed reads from the last change backwards.
ALTER TABLE work ADD COLUMN changed_at timestamptz;
UPDATE work SET changed_at = (SELECT max(v.recorded_at) FROM version v WHERE v.work_id = work.id);
CREATE INDEX work_changed_at ON work (changed_at DESC, id DESC) WHERE changed_at IS NOT NULL;

CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := greatest(clock_timestamp(), (SELECT max(v.recorded_at) FROM version v WHERE v.work_id = NEW.id));
    RETURN NEW;
END
$$;
-- nought: a restored dump is numbered anew, nothing changes
CREATE TRIGGER work_change_noted
    BEFORE UPDATE OF changed_tx ON work
    FOR EACH ROW WHEN (NEW.changed_tx > 0) EXECUTE FUNCTION note_change();
