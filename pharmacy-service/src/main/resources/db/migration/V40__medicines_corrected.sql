-- What the row of a medicine said before a file corrected it.
CREATE TABLE drug_correction (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    drug_id      uuid NOT NULL REFERENCES drug,
    import_id    uuid NOT NULL REFERENCES catalogue_import,
    former       jsonb NOT NULL,
    corrected_at timestamptz NOT NULL
);
CREATE INDEX drug_correction_of ON drug_correction (drug_id, id DESC);
CREATE TRIGGER drug_correction_is_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON drug_correction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
