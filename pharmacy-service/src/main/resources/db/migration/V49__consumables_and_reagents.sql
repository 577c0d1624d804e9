-- Consumables and reagents stand in the catalogue beside medicines. They are medical devices: the number of their registration or
-- filing stands where a medicine has its approval, their category where it has its form. None has a strength: it is one of its model.
-- A medicine is no device, so that a version that knows nothing of devices loads what it always did.
ALTER TABLE drug ADD COLUMN device text CHECK (device IN ('consumable', 'reagent'));
ALTER TABLE drug DROP CONSTRAINT drug_approval_no_check;
ALTER TABLE drug ADD CONSTRAINT drug_approval_no_check CHECK (
    CASE WHEN device IS NULL THEN approval_no ~ '^国药准字[A-Z][0-9]{8}$'
         WHEN approval_no ~ '^[一-龥]械注[准进许][0-9]{11}$' OR approval_no ~ '^[一-龥]{1,2}械备[0-9]{8}号?$' THEN true
         ELSE device = 'reagent' AND approval_no ~ '^国药准字S[0-9]{8}$' END);

ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'consumables', 'awards', 'prices', 'volumes', 'institutions', 'suppliers', 'participations'));
