-- 不得重复享受: what is granted by the year is drawn on in its calendar years, not only in the month in which it was applied for.
-- Two that were let in side by side before must still be able to go on: what is stored stays as it is.
CREATE FUNCTION application_drawn_in(period daterange, trace jsonb) RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE coalesce(trace #>> '{grant,period}', trace #>> '{ceiling,period}')
        WHEN 'year' THEN daterange(make_date(extract(year FROM lower(period))::integer, 1, 1),
                                   make_date(extract(year FROM upper(period) - 1)::integer + 1, 1, 1))
        ELSE period END
$$;

CREATE OR REPLACE FUNCTION application_exclusion_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE application_exclusion
       SET live = NEW.state NOT IN ('draft', 'rejected', 'withdrawn'),
           period = CASE WHEN NEW.period IS DISTINCT FROM OLD.period
                         THEN application_drawn_in(NEW.period, NEW.decision_trace) ELSE period END,
           id_number_index = NEW.id_number_index
     WHERE application_id = NEW.id;
    RETURN NULL;
END
$$;
