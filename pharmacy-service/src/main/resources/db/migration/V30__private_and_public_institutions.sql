-- The account of an institution without a chain, with which it reports and answers for itself.
ALTER TABLE institution ADD COLUMN org text,
    ADD CONSTRAINT institution_account CHECK (org IS NULL OR chain_id IS NULL);
CREATE UNIQUE INDEX institution_by_account ON institution (org) WHERE org IS NOT NULL;

-- Public institutions sell too, under rules that private ones do not have (public_markup_rule).
ALTER TABLE institution DROP CONSTRAINT institution_kind_check;
ALTER TABLE institution ADD CONSTRAINT institution_kind_check
    CHECK (kind IN ('store', 'private_hospital', 'clinic', 'public_hospital'));
ALTER TABLE price_flag DROP CONSTRAINT price_flag_reasons;
ALTER TABLE price_flag ADD CONSTRAINT price_flag_reasons
    CHECK (reasons <@ ARRAY['procured', 'median', 'history', 'markup'] AND reasons <> '{}');
