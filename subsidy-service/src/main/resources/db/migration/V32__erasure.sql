-- PIPL 47: a person's data ends, by command of the city or with the period for which it is kept. Decisions, ledger, orders
-- to the bank and periods stay, with number and surname.
CREATE TABLE erasure (
    id         uuid PRIMARY KEY,
    ground     text        NOT NULL CHECK (ground IN ('requested', 'decided', 'period-ended')),
    reason     text        NOT NULL,
    erased_at  timestamptz NOT NULL,
    erased_by  text        NOT NULL,
    erased_org text
);
CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE application ADD COLUMN erasure_id uuid REFERENCES erasure (id);
CREATE INDEX application_erasure ON application (erasure_id) WHERE erasure_id IS NOT NULL;
ALTER TABLE application DROP CONSTRAINT application_check;
ALTER TABLE application ADD CONSTRAINT application_complete
    CHECK (state = 'draft' OR (area_code IS NOT NULL AND name_sealed IS NOT NULL AND id_number_sealed IS NOT NULL
        AND (id_number_index IS NOT NULL AND account_sealed IS NOT NULL OR erasure_id IS NOT NULL) AND case_date IS NOT NULL
        AND period IS NOT NULL AND monthly_fen IS NOT NULL AND months IS NOT NULL AND submitted_at IS NOT NULL));
-- erased for good: what finds the person or pays him is gone, and nothing of his runs
ALTER TABLE application ADD CONSTRAINT application_erased_whole
    CHECK (erasure_id IS NULL OR (state IN ('draft', 'ended', 'clawed-back', 'rejected', 'withdrawn')
        AND id_number_index IS NULL AND phone_sealed IS NULL AND account_sealed IS NULL AND draft_facts = '{}'
        AND decision_trace IS NULL));

-- What was told of a case, and what he said against a rejection, end with his data; nothing else of these rows changes.
CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'facts' - 'grounds' = to_jsonb(OLD) - 'facts' - 'grounds'
        AND coalesce(to_jsonb(NEW) -> 'facts', '{}') = '{}' AND coalesce(to_jsonb(NEW) ->> 'grounds', '') = ''
        AND EXISTS (SELECT 1 FROM application a WHERE a.id = OLD.application_id AND a.erasure_id IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER application_facts_append_only ON application_facts;
CREATE TRIGGER application_facts_append_only BEFORE UPDATE ON application_facts
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER application_facts_stay BEFORE DELETE OR TRUNCATE ON application_facts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER appeal_append_only ON appeal;
CREATE TRIGGER appeal_append_only BEFORE UPDATE ON appeal
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER appeal_stay BEFORE DELETE OR TRUNCATE ON appeal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How long is kept what has ended, from a day on. No months: no end is set, which is so of applications until the office
-- sets one. Of what was paid it is the law's, counted from the end of the year.
CREATE TABLE retention_period (
    id          uuid PRIMARY KEY,
    records     text        NOT NULL CHECK (records IN ('applications', 'payments')),
    valid_from  date        NOT NULL,
    keep_months integer     CHECK (keep_months >= 0),
    basis       text        NOT NULL,
    decided_by  text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CHECK (records = 'applications' OR keep_months IS NOT NULL)
);
CREATE INDEX retention_period_day ON retention_period (records, valid_from DESC, recorded_at DESC, id DESC);
INSERT INTO retention_period VALUES (gen_random_uuid(), 'payments', '2016-01-01', 360,
    '会计档案管理办法（财政部、国家档案局令第79号）：会计凭证保管 30 年', '财政部、国家档案局', now());
CREATE TRIGGER retention_period_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retention_period
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
