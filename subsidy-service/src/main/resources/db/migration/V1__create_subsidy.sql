-- For "same person, same scheme, overlapping period" as a constraint.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Published versions of schemes. Decisions name one; none ever changes.
CREATE TABLE scheme_version (
    scheme_id    text        NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    digest       bytea       NOT NULL,
    document     text        NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (scheme_id, version)
);
CREATE TRIGGER scheme_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scheme_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE application (
    id                uuid PRIMARY KEY,
    version           bigint      NOT NULL DEFAULT 1,
    scheme_id         text        NOT NULL,
    scheme_version    integer     NOT NULL,
    state             text        NOT NULL CHECK (state IN
        ('draft', 'first-review', 'second-review', 'public-notice', 'awaiting-funds', 'paying', 'ended', 'rejected')),
    owner_subject     text        NOT NULL,
    area_code         text,
    name_sealed       bytea,
    id_number_sealed  bytea,
    id_number_index   bytea,
    phone_sealed      bytea,
    account_sealed    bytea,
    case_date         date,
    period            daterange,
    monthly_fen       bigint CHECK (monthly_fen > 0),
    months            integer CHECK (months > 0),
    draft_facts       jsonb       NOT NULL DEFAULT '{}',
    decision_trace    jsonb,
    review_due        date,
    review_provisional boolean,
    notice_ends       date,
    budget_year       integer,
    next_month        date,
    approved_at       timestamptz,
    demo              boolean     NOT NULL DEFAULT false,
    created_at        timestamptz NOT NULL,
    submitted_at      timestamptz,
    updated_at        timestamptz NOT NULL,
    FOREIGN KEY (scheme_id, scheme_version) REFERENCES scheme_version (scheme_id, version),
    UNIQUE (id, owner_subject),
    CHECK (state = 'draft' OR (area_code IS NOT NULL AND name_sealed IS NOT NULL AND id_number_sealed IS NOT NULL
        AND id_number_index IS NOT NULL AND account_sealed IS NOT NULL AND case_date IS NOT NULL AND period IS NOT NULL
        AND monthly_fen IS NOT NULL AND months IS NOT NULL AND submitted_at IS NOT NULL)),
    -- 不重复享受: the same person, the same scheme, an overlapping period
    CONSTRAINT application_once EXCLUDE USING gist (id_number_index WITH =, scheme_id WITH =, period WITH &&)
        WHERE (state NOT IN ('draft', 'rejected'))
);
CREATE INDEX application_owner ON application (owner_subject, id);
CREATE INDEX application_area ON application (area_code, id) WHERE state <> 'draft';
CREATE INDEX application_due ON application (next_month, id) WHERE state = 'paying';
CREATE INDEX application_open ON application (state, approved_at, id)
    WHERE state IN ('public-notice', 'awaiting-funds');

-- What was told of a case, from which day on. Later rows change earlier ones; nothing is overwritten.
CREATE TABLE application_facts (
    application_id uuid        NOT NULL REFERENCES application (id),
    sequence       bigint GENERATED ALWAYS AS IDENTITY,
    valid_from     date        NOT NULL,
    facts          jsonb       NOT NULL,
    recorded_by    text        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (application_id, sequence)
);
CREATE TRIGGER application_facts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON application_facts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Decisions are append-only facts. Four eyes: nobody decides at both levels, nobody decides his own application.
CREATE TABLE review (
    id                uuid PRIMARY KEY,
    application_id    uuid        NOT NULL,
    applicant_subject text        NOT NULL,
    level             text        NOT NULL CHECK (level IN ('first', 'second')),
    decision          text        NOT NULL CHECK (decision IN ('pass', 'reject')),
    reviewer_subject  text        NOT NULL,
    reviewer_org      text        NOT NULL,
    reasons           jsonb       NOT NULL,
    comment           text        NOT NULL,
    decided_at        timestamptz NOT NULL,
    FOREIGN KEY (application_id, applicant_subject) REFERENCES application (id, owner_subject),
    CONSTRAINT review_once_per_level UNIQUE (application_id, level),
    CONSTRAINT review_four_eyes UNIQUE (application_id, reviewer_subject),
    CONSTRAINT review_not_by_applicant CHECK (reviewer_subject <> applicant_subject)
);
CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
