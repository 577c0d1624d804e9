-- The years in which a person was subsidised are counted over all rounds.
CREATE INDEX insurance_row_person ON insurance_row (id_index, scheme_id);
