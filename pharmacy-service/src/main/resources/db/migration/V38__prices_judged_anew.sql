-- By what the shelves of a medicine were last judged, all of them. Twice over: a report that was being stored while they
-- were gone through for the first time may have been judged by what held before.
CREATE TABLE judged_by (
    drug_id   uuid PRIMARY KEY REFERENCES drug,
    yardstick text NOT NULL,
    passes    smallint NOT NULL CHECK (passes IN (1, 2)),
    judged_at timestamptz NOT NULL
);
