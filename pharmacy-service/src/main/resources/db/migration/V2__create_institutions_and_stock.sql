-- Who buys (a head office's account), who sells, and who takes part in which programme are three records.
CREATE TABLE chain (
    id   uuid PRIMARY KEY,
    org  text NOT NULL UNIQUE,
    name text NOT NULL,
    demo boolean NOT NULL
);

CREATE TABLE supplier (
    id   uuid PRIMARY KEY,
    org  text NOT NULL UNIQUE,
    name text NOT NULL,
    demo boolean NOT NULL
);

CREATE TABLE institution (
    id                 uuid PRIMARY KEY,
    chain_id           uuid REFERENCES chain,
    kind               text NOT NULL CHECK (kind IN ('store', 'private_hospital', 'clinic')),
    name               text NOT NULL,
    address            text NOT NULL,
    area_code          text NOT NULL REFERENCES area,
    phone              text NOT NULL,
    insurance_accepted boolean NOT NULL,
    -- WGS-84
    lat                double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon                double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
    -- The same point on the unit sphere: nearest by chord is nearest by great circle, over date line and poles too.
    position           cube NOT NULL GENERATED ALWAYS AS (cube(ARRAY[
                           cos(radians(lat)) * cos(radians(lon)),
                           cos(radians(lat)) * sin(radians(lon)),
                           sin(radians(lat))])) STORED,
    demo               boolean NOT NULL,
    CHECK ((kind = 'store') = (chain_id IS NOT NULL)),
    UNIQUE (id, position),
    UNIQUE (id, chain_id)
);
CREATE INDEX institution_by_position ON institution USING gist (position);
CREATE INDEX institution_of_chain ON institution (chain_id, id);

-- Weekly hours; a night shift is two rows, and 24:00 is the end of the day.
CREATE TABLE opening_hours (
    institution_id uuid NOT NULL REFERENCES institution,
    weekday        smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens          time NOT NULL,
    closes         time NOT NULL,
    PRIMARY KEY (institution_id, weekday, opens),
    CHECK (opens < closes)
);

CREATE TABLE participation (
    institution_id uuid NOT NULL REFERENCES institution,
    programme      text NOT NULL CHECK (programme IN ('chain_procurement', 'private_institutions')),
    since          date NOT NULL,
    until          date,
    PRIMARY KEY (institution_id, programme, since),
    CHECK (until IS NULL OR since <= until)
);

-- The position is carried along from the institution (the foreign key keeps it true), so that one index answers
-- "nearest with this medicine" for common and for rare medicines. Nothing that a report changes is indexed:
-- updates stay within the page.
CREATE TABLE stock (
    institution_id   uuid NOT NULL,
    drug_id          uuid NOT NULL REFERENCES drug,
    position         cube NOT NULL,
    quantity         int NOT NULL CHECK (quantity BETWEEN 0 AND 1000000),
    retail_price_fen bigint NOT NULL CHECK (retail_price_fen BETWEEN 1 AND 100000000),
    reported_at      timestamptz NOT NULL,
    reported_by      text NOT NULL,
    PRIMARY KEY (institution_id, drug_id),
    FOREIGN KEY (institution_id, position) REFERENCES institution (id, position) ON UPDATE CASCADE
) WITH (fillfactor = 85);
CREATE INDEX stock_nearest ON stock USING gist (drug_id, position);
