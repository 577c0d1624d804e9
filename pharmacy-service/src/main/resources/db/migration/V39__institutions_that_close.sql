-- From this day on a place neither sells nor buys nor reports; what it once did stays.
ALTER TABLE institution ADD COLUMN closed_on date;
CREATE INDEX institution_closed ON institution (closed_on) WHERE closed_on IS NOT NULL;
