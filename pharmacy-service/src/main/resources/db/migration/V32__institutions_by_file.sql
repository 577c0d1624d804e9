-- Institutions come by file too. The office names each by a code of its own; one that has none is named by its id.
ALTER TABLE institution ADD COLUMN code text;
CREATE UNIQUE INDEX institution_by_code ON institution (coalesce(code, id::text));

ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'awards', 'prices', 'volumes', 'institutions'));
