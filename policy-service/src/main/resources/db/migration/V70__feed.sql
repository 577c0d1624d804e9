-- The feed reads from the last recorded version backwards.
CREATE INDEX version_recorded ON version (recorded_at DESC, id DESC);
