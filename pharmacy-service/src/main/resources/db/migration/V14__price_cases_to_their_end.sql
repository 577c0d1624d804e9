-- What the middle seller asks; worked out anew by a job, since a million shelves are not sorted for each report.
CREATE TABLE retail_median (
    drug_id    uuid PRIMARY KEY REFERENCES drug,
    median_fen bigint NOT NULL CHECK (median_fen > 0),
    sellers    int NOT NULL CHECK (sellers > 0),
    worked_out timestamptz NOT NULL
);

ALTER TABLE price_threshold ADD COLUMN yellow_above_median_bp int NOT NULL DEFAULT 3000 CHECK (yellow_above_median_bp >= 0),
    ADD COLUMN red_above_median_bp int NOT NULL DEFAULT 10000,
    ADD COLUMN yellow_rise_bp int NOT NULL DEFAULT 2000 CHECK (yellow_rise_bp >= 0),
    ADD COLUMN red_rise_bp int NOT NULL DEFAULT 5000,
    ADD CHECK (yellow_above_median_bp < red_above_median_bp), ADD CHECK (yellow_rise_bp < red_rise_bp);

ALTER TABLE price_flag ADD COLUMN reasons text[] NOT NULL DEFAULT '{procured}',
    ADD CONSTRAINT price_flag_reasons CHECK (reasons <@ ARRAY['procured', 'median', 'history'] AND reasons <> '{}');

ALTER TABLE price_case ADD COLUMN median_fen bigint, ADD COLUMN before_fen bigint,
    ADD COLUMN answered_by text, ADD COLUMN outcome text CHECK (outcome IN ('corrected', 'explained', 'referred')),
    ADD COLUMN closing_note text, ADD COLUMN closed_by text,
    ADD CONSTRAINT price_case_answered CHECK (state <> 'answered' OR answer IS NOT NULL),
    ADD CONSTRAINT price_case_answer CHECK ((answer IS NULL) = (answered_at IS NULL)),
    ADD CONSTRAINT price_case_closed CHECK ((state = 'closed') = (outcome IS NOT NULL)),
    ADD CONSTRAINT price_case_note CHECK ((state = 'closed') = (closing_note IS NOT NULL));

-- What public institutions may add to what they paid (威医保发〔2023〕33号 二（一）); no rule of it binds private ones.
CREATE TABLE public_markup_rule (
    category      text NOT NULL CHECK (category IN ('medicine', 'consumable', 'decoction_piece')),
    in_force_from date NOT NULL,
    in_force_to   date NOT NULL,
    markup_bp     int NOT NULL CHECK (markup_bp >= 0),
    basis         text NOT NULL,
    PRIMARY KEY (category, in_force_from),
    CHECK (in_force_from <= in_force_to)
);
INSERT INTO public_markup_rule VALUES
    ('medicine', '2023-09-01', '2028-08-31', 0, '威医保发〔2023〕33号 二（一）'),
    ('consumable', '2023-09-01', '2028-08-31', 0, '威医保发〔2023〕33号 二（一）'),
    ('decoction_piece', '2023-09-01', '2028-08-31', 2500, '威医保发〔2023〕33号 二（一）');
