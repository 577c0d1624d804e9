-- Agreed volumes come by file too; a file names a cycle by its name.
ALTER TABLE catalogue_import DROP CONSTRAINT catalogue_import_kind_check;
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_kind_check
    CHECK (kind IN ('drugs', 'awards', 'prices', 'volumes'));
CREATE UNIQUE INDEX purchase_cycle_by_name ON purchase_cycle (name);

-- What a buyer took in a cycle is added up from its order lines and their receipts.
CREATE INDEX order_line_of_chain ON order_line (chain_id, drug_id);
CREATE INDEX delivery_line_of_order ON delivery_line (order_id, line_no);
