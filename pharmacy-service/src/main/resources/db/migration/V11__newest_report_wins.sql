-- What a price was before it changed: the seller's own history.
CREATE TABLE retail_price_change (
    institution_id   uuid NOT NULL,
    drug_id          uuid NOT NULL,
    retail_price_fen bigint NOT NULL CHECK (retail_price_fen > 0),
    reported_at      timestamptz NOT NULL,
    FOREIGN KEY (institution_id, drug_id) REFERENCES stock
);
CREATE INDEX retail_price_change_of ON retail_price_change (institution_id, drug_id, reported_at DESC);
