-- All three are trusted extensions: the owner of the database may create them without being superuser.
-- (earthdistance is not, which is one reason why positions are plain cubes here.)
CREATE EXTENSION IF NOT EXISTS cube;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE area (
    code        text PRIMARY KEY,
    name        text NOT NULL,
    kind        text NOT NULL,
    parent_code text,
    source      text NOT NULL
);

CREATE TABLE drug (
    id             uuid PRIMARY KEY,
    generic_name   text NOT NULL,
    form           text NOT NULL,
    strength       text NOT NULL,
    strength_value numeric(12, 4) NOT NULL CHECK (strength_value > 0),
    strength_unit  text NOT NULL,
    pack_units     int NOT NULL CHECK (pack_units BETWEEN 1 AND 100000),
    unit_name      text NOT NULL,
    pack_name      text NOT NULL,
    maker          text NOT NULL,
    approval_no    text NOT NULL UNIQUE CHECK (approval_no ~ '^国药准字[A-Z][0-9]{8}$'),
    insurance_code text NOT NULL UNIQUE,
    initials       text NOT NULL CHECK (initials ~ '^[a-z0-9]+$'),
    pinyin         text NOT NULL,
    source         text NOT NULL,
    demo           boolean NOT NULL
);
CREATE INDEX drug_by_name ON drug USING gin (generic_name gin_trgm_ops);
CREATE INDEX drug_by_maker ON drug USING gin (maker gin_trgm_ops);
CREATE INDEX drug_by_initials ON drug USING gin (initials gin_trgm_ops);
CREATE INDEX drug_by_pinyin ON drug USING gin (pinyin gin_trgm_ops);

-- An award is a fact of its own: one medicine may have won several times, for several areas.
CREATE TABLE award (
    id          uuid PRIMARY KEY,
    drug_id     uuid NOT NULL REFERENCES drug,
    batch       text NOT NULL,
    supply_area text NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date NOT NULL,
    price_fen   bigint CHECK (price_fen > 0),
    source      text NOT NULL,
    demo        boolean NOT NULL,
    recorded_at timestamptz NOT NULL,
    CHECK (valid_from <= valid_to)
);
CREATE INDEX award_of_drug ON award (drug_id, valid_from DESC);
CREATE TRIGGER award_is_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON award
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE price (
    id            uuid PRIMARY KEY,
    drug_id       uuid NOT NULL REFERENCES drug,
    kind          text NOT NULL CHECK (kind IN ('procured', 'listed', 'retail', 'payment_standard', 'before')),
    area          text NOT NULL,
    pack_fen      bigint NOT NULL CHECK (pack_fen > 0),
    in_force_from date NOT NULL,
    source        text NOT NULL,
    demo          boolean NOT NULL,
    recorded_at   timestamptz NOT NULL
);
-- The price in force on a day: the latest date not after it and, of a correction, the latest record.
CREATE INDEX price_in_force ON price (drug_id, kind, in_force_from DESC, recorded_at DESC, id DESC);
CREATE TRIGGER price_is_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON price
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
