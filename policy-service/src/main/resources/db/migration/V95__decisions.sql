-- What the policy office overrules of what was read from documents. Nothing is lost by it: a decision can be revoked.
CREATE TABLE decision (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL CHECK (kind IN ('withdraw-version', 'set-dates', 'reject-relation', 'confirm-relation')),
    -- the document whose reading was decided on; of a relation the one that states it
    work_id         uuid NOT NULL REFERENCES work,
    version_id      uuid REFERENCES version,
    version         int,
    source_kind     text,
    -- a relation by what it says, so that the decision outlives a corrected version that says it again
    relation_kind   text,
    target          uuid REFERENCES work,
    part            text,
    issued          date,
    in_force        date,
    valid_until     date,
    read_issued     date,
    read_in_force   date,
    read_until      date,
    source          text,
    reason          text NOT NULL,
    decided_by      text NOT NULL,
    decided_at      timestamptz NOT NULL,
    revoked_by      text,
    revoked_at      timestamptz,
    revoked_because text,
    CHECK ((version_id IS NULL) = (kind IN ('reject-relation', 'confirm-relation'))),
    CHECK ((relation_kind IS NULL) = (version_id IS NOT NULL)),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX decision_on_version ON decision (version_id, kind) WHERE revoked_at IS NULL;
CREATE INDEX decision_on_relation ON decision (work_id, relation_kind) WHERE revoked_at IS NULL;

-- A withdrawn version counts backwards (-2 was the second) and as a digest: so it stands behind all others wherever the
-- current one is looked for, also by a replica of the release before.
ALTER TABLE version DROP CONSTRAINT version_version_check;
ALTER TABLE version ADD CONSTRAINT version_version_check CHECK (version <> 0);

-- A document of which every version was withdrawn is not held.
CREATE OR REPLACE VIEW work_name AS
SELECT w.id, coalesce(c.number, s.number) AS number, coalesce(c.title, s.title) AS title, c.work_id IS NOT NULL AS held
  FROM work w
  LEFT JOIN LATERAL (SELECT v.work_id, v.number, v.title
                       FROM version v
                      WHERE v.work_id = w.id AND v.version > 0
                      ORDER BY (v.source_kind = 'official') DESC, v.version DESC
                      LIMIT 1) c ON true
  LEFT JOIN stub s ON s.work_id = w.id;

-- Whoever makes relations current: not one that was rejected, nor one of a version that was withdrawn.
CREATE FUNCTION overruled_relation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.current := NOT EXISTS (SELECT FROM version v WHERE v.id = NEW.version_id AND v.version < 0)
               AND NOT EXISTS (SELECT FROM decision d
                                 LEFT JOIN stub s ON s.work_id = d.target
                                WHERE d.kind = 'reject-relation' AND d.revoked_at IS NULL
                                  AND d.work_id = NEW.stated_in AND d.relation_kind = NEW.kind
                                  AND coalesce(s.became, d.target) = NEW.target
                                  AND d.part IS NOT DISTINCT FROM NEW.part);
    RETURN NEW;
END
$$;
CREATE TRIGGER relation_overruled
    BEFORE INSERT OR UPDATE OF current, target ON relation
    FOR EACH ROW WHEN (NEW.current) EXECUTE FUNCTION overruled_relation();
