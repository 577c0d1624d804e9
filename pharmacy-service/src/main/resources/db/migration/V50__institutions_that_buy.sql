-- A private hospital or a clinic with an account buys for itself. Buyers are the rows of chain: a head office, or an institution under
-- its own id; whom an order is for is a store of the chain, or the institution itself.
LOCK TABLE chain, institution, order_line IN ACCESS EXCLUSIVE MODE;
ALTER TABLE chain ADD COLUMN institution_id uuid REFERENCES institution,
    ADD CONSTRAINT chain_of_institution CHECK (institution_id = id);

ALTER TABLE institution ADD COLUMN buyer_id uuid GENERATED ALWAYS AS (coalesce(chain_id, id)) STORED;
ALTER TABLE institution ADD CONSTRAINT institution_of_buyer UNIQUE (id, buyer_id);
ALTER TABLE order_line DROP CONSTRAINT order_line_store_id_chain_id_fkey;
ALTER TABLE order_line ADD CONSTRAINT order_line_of_buyer FOREIGN KEY (store_id, chain_id) REFERENCES institution (id, buyer_id);

-- By trigger, so that also those are buyers that a release before this one loads.
CREATE FUNCTION institution_buys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chain (id, org, name, demo, institution_id) VALUES (NEW.id, NEW.org, NEW.name, NEW.demo, NEW.id)
    ON CONFLICT (id) DO UPDATE SET org = excluded.org, name = excluded.name;
    RETURN NULL;
END $$;
CREATE TRIGGER institution_buys AFTER INSERT OR UPDATE OF org, name ON institution
    FOR EACH ROW WHEN (NEW.org IS NOT NULL) EXECUTE FUNCTION institution_buys();
INSERT INTO chain (id, org, name, demo, institution_id)
SELECT id, org, name, demo, id FROM institution i
 WHERE org IS NOT NULL AND NOT EXISTS (SELECT FROM chain c WHERE c.org = i.org);
