-- Consumables, reagents and decoction pieces stand in the catalogue beside medicines. Consumables and reagents are medical devices: the
-- number of their registration or filing stands where a medicine has its approval. A decoction piece has the standard that it is made by
-- there, as on its label, unless it is one of the few that are approved. None has a strength: it is one of its model or grade.
-- A medicine says nothing, so that a version that knows of no kinds loads what it always did.
ALTER TABLE drug ADD COLUMN kind text CHECK (kind IN ('decoction_piece', 'consumable', 'reagent'));
ALTER TABLE drug DROP CONSTRAINT drug_approval_no_check;
ALTER TABLE drug ADD CONSTRAINT drug_approval_no_check CHECK (
    CASE WHEN kind IS NULL THEN approval_no ~ '^国药准字[A-Z][0-9]{8}$'
         WHEN kind = 'decoction_piece' THEN approval_no ~ '^国药准字Z[0-9]{8}$' OR approval_no ~ '药典|炮制规范|标准'
         WHEN approval_no ~ '^[一-龥]械注[准进许][0-9]{11}$' OR approval_no ~ '^[一-龥]{1,2}械备[0-9]{8}号?$' THEN true
         ELSE kind = 'reagent' AND approval_no ~ '^国药准字S[0-9]{8}$' END);

ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'decoction_pieces', 'consumables', 'awards', 'prices', 'volumes', 'institutions', 'suppliers',
                    'participations'));
