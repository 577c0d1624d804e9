-- Frozen when published; what turns out wrong is published again as another edition, with its reason.
CREATE TABLE quarterly_report (
    id           uuid PRIMARY KEY,
    quarter      text NOT NULL CHECK (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
    edition      int NOT NULL CHECK (edition > 0),
    reason       text NOT NULL,
    published_by text NOT NULL,
    published_at timestamptz NOT NULL,
    content      jsonb NOT NULL,
    UNIQUE (quarter, edition)
);
CREATE TRIGGER quarterly_report_is_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON quarterly_report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
