-- How far above the procured price a retail price may be before it is yellow or red, in ten-thousandths.
-- No rule obliges a private seller to the procured price: red asks for a review and is no verdict.
CREATE TABLE price_threshold (
    in_force_from     date PRIMARY KEY,
    yellow_above_bp   int NOT NULL CHECK (yellow_above_bp >= 0),
    red_above_bp      int NOT NULL,
    source            text NOT NULL,
    CHECK (yellow_above_bp < red_above_bp)
);
INSERT INTO price_threshold VALUES ('2020-01-01', 1000, 3000, '配置（demo）：高于中选价10%黄色，高于30%红色');

CREATE TABLE price_flag (
    institution_id   uuid NOT NULL,
    drug_id          uuid NOT NULL,
    level            text NOT NULL CHECK (level IN ('yellow', 'red')),
    retail_price_fen bigint NOT NULL CHECK (retail_price_fen > 0),
    procured_fen     bigint NOT NULL CHECK (procured_fen > 0),
    above_bp         int NOT NULL CHECK (above_bp > 0),
    reported_at      timestamptz NOT NULL,
    PRIMARY KEY (institution_id, drug_id),
    FOREIGN KEY (institution_id, drug_id) REFERENCES stock
);
CREATE INDEX price_flag_by_excess ON price_flag (above_bp DESC, institution_id, drug_id);
CREATE INDEX price_flag_of_drug ON price_flag (drug_id, above_bp DESC, institution_id);

CREATE TABLE price_case (
    id               uuid PRIMARY KEY,
    institution_id   uuid NOT NULL REFERENCES institution,
    drug_id          uuid NOT NULL REFERENCES drug,
    state            text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    retail_price_fen bigint NOT NULL,
    procured_fen     bigint NOT NULL,
    opened_at        timestamptz NOT NULL,
    answer           text,
    answered_at      timestamptz,
    closed_at        timestamptz,
    version          bigint NOT NULL DEFAULT 0,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
-- One open case per seller and medicine, however often the price is reported.
CREATE UNIQUE INDEX price_case_open ON price_case (institution_id, drug_id) WHERE state <> 'closed';
