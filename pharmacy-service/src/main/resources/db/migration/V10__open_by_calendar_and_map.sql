-- Most shops keep the same hours on a public holiday; a place that keeps the calendar has the hours of its Sunday then,
-- and those of its Monday on a make-up working day.
ALTER TABLE institution ADD COLUMN keeps_calendar boolean NOT NULL DEFAULT false;

-- A day with rows here has no other hours; a row without times is "closed all day".
CREATE TABLE opening_exception (
    institution_id uuid NOT NULL REFERENCES institution,
    day            date NOT NULL,
    opens          time,
    closes         time,
    note           text NOT NULL CHECK (length(note) <= 100),
    CHECK ((opens IS NULL) = (closes IS NULL)),
    CHECK (opens < closes),
    UNIQUE NULLS NOT DISTINCT (institution_id, day, opens)
);

CREATE INDEX institution_on_map ON institution USING gist (point(lon, lat));
