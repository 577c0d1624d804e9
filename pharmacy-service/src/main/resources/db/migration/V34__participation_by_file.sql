-- Who takes part in which programme comes by file too. An institution is in a programme once at a time; until is the last day.
ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'awards', 'prices', 'volumes', 'institutions', 'suppliers', 'participations'));
ALTER TABLE participation ADD CONSTRAINT participation_once_at_a_time
    EXCLUDE USING gist (institution_id WITH =, programme WITH =, daterange(since, until, '[]') WITH &&);
