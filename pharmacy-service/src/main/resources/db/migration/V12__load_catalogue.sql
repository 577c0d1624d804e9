-- One approval number covers several packs; what tells packs apart is the insurance code.
ALTER TABLE drug DROP CONSTRAINT drug_approval_no_key;
CREATE INDEX drug_by_approval_no ON drug (approval_no);

-- A preview says what a file would do to the catalogue as it was then; if that has changed it must be made anew.
CREATE TABLE catalogue_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number   bigint NOT NULL
);
INSERT INTO catalogue_version (number) VALUES (0);

CREATE TABLE catalogue_import (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('drugs', 'awards', 'prices')),
    sha256      text NOT NULL,
    state       text NOT NULL CHECK (state IN ('previewed', 'applied')),
    based_on    bigint NOT NULL,
    received    int NOT NULL CHECK (received >= 0),
    fresh       int NOT NULL,
    corrections int NOT NULL,
    unchanged   int NOT NULL,
    questioned  int NOT NULL,
    bad         int NOT NULL,
    uploaded_by text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    applied_by  text,
    applied_at  timestamptz,
    taken       int,
    version     bigint NOT NULL DEFAULT 0,
    CHECK (received = fresh + corrections + unchanged + questioned + bad),
    CHECK ((state = 'applied') = (applied_at IS NOT NULL)),
    CHECK ((state = 'applied') = (taken IS NOT NULL))
);

-- content holds the columns of the row to be.
CREATE TABLE catalogue_import_line (
    import_id uuid NOT NULL REFERENCES catalogue_import,
    line      int NOT NULL,
    verdict   text NOT NULL CHECK (verdict IN ('new', 'correction', 'unchanged', 'questioned', 'bad')),
    content   jsonb,
    problems  jsonb NOT NULL,
    PRIMARY KEY (import_id, line),
    CHECK ((verdict = 'bad') = (content IS NULL))
);
