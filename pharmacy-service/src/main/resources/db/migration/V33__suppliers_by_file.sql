-- Companies that deliver come by file too, named by the account with which they sign in.
ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'awards', 'prices', 'volumes', 'institutions', 'suppliers'));
