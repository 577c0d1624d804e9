-- Working days that the office has for a step: dated configuration, no cited rule.
CREATE TABLE green_step_term (
    state         text NOT NULL CHECK (state IN ('filed', 'accepted', 'reviewed')),
    in_force_from date NOT NULL,
    working_days  int NOT NULL CHECK (working_days BETWEEN 1 AND 250),
    source        text NOT NULL,
    PRIMARY KEY (state, in_force_from)
);
INSERT INTO green_step_term VALUES ('filed', '2020-01-01', 5, '配置（demo）：受理'), ('accepted', '2020-01-01', 15, '配置（demo）：审核'),
    ('reviewed', '2020-01-01', 10, '配置（demo）：挂网');

CREATE TABLE green_application (
    id          uuid PRIMARY KEY,
    maker_org   text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('reagent', 'consumable', 'service')),
    name        text NOT NULL,
    summary     text NOT NULL,
    evidence    text[] NOT NULL CHECK (cardinality(evidence) BETWEEN 1 AND 20),
    state       text NOT NULL CHECK (state IN ('filed', 'returned', 'accepted', 'reviewed', 'listed', 'refused')),
    filed_at    timestamptz NOT NULL,
    due_on      date,
    provisional boolean NOT NULL,
    version     bigint NOT NULL DEFAULT 0,
    CHECK ((state IN ('filed', 'accepted', 'reviewed')) = (due_on IS NOT NULL))
);
CREATE INDEX green_application_of_maker ON green_application (maker_org, id DESC);

CREATE TABLE green_step (
    application_id uuid NOT NULL REFERENCES green_application,
    number         int NOT NULL CHECK (number > 0),
    state          text NOT NULL,
    note           text NOT NULL,
    decided_by     text NOT NULL,
    at             timestamptz NOT NULL,
    late           boolean NOT NULL,
    PRIMARY KEY (application_id, number)
);
CREATE TRIGGER green_step_is_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON green_step
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE matching_event (
    id             uuid PRIMARY KEY,
    application_id uuid NOT NULL REFERENCES green_application,
    title          text NOT NULL,
    held_on        date NOT NULL,
    place          text NOT NULL
);
CREATE TABLE matching_invitation (
    event_id     uuid NOT NULL REFERENCES matching_event,
    chain_id     uuid NOT NULL REFERENCES chain,
    interest     text,
    outcome      text CHECK (outcome IN ('agreed', 'trial', 'none')),
    outcome_note text,
    version      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (event_id, chain_id),
    CHECK (outcome IS NULL OR outcome_note IS NOT NULL)
);
