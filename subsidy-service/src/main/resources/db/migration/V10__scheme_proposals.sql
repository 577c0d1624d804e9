-- From which day on cases are decided by a version; what the service ships first holds for ever before. The default is for
-- replicas of the release before, which know no day.
ALTER TABLE scheme_version ADD COLUMN effective_from date NOT NULL DEFAULT '0001-01-01';
-- two versions of a scheme never hold from the same day
ALTER TABLE scheme_version ADD CONSTRAINT scheme_version_no_overlap UNIQUE (scheme_id, effective_from);

-- A version that somebody proposes and somebody else approves.
CREATE TABLE scheme_proposal (
    id             uuid PRIMARY KEY,
    version        bigint      NOT NULL DEFAULT 1,
    scheme_id      text        NOT NULL,
    scheme_version integer     NOT NULL CHECK (scheme_version > 0),
    document       text        NOT NULL,
    effective_from date        NOT NULL,
    reason         text        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('proposed', 'approved', 'withdrawn')),
    proposed_by    text        NOT NULL,
    proposed_at    timestamptz NOT NULL,
    decided_by     text,
    decided_at     timestamptz,
    impact_state   text        NOT NULL DEFAULT 'queued' CHECK (impact_state IN ('queued', 'done')),
    impact_cases   bigint      NOT NULL DEFAULT 0,
    impact_gains   bigint      NOT NULL DEFAULT 0,
    impact_loses   bigint      NOT NULL DEFAULT 0,
    CONSTRAINT scheme_proposal_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by),
    CHECK ((state = 'proposed') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX scheme_proposal_open ON scheme_proposal (scheme_id) WHERE state = 'proposed';
CREATE INDEX scheme_proposal_queued ON scheme_proposal (proposed_at) WHERE impact_state = 'queued';

-- Who would gain and who would lose, case by case; no personal data.
CREATE TABLE scheme_impact (
    proposal_id    uuid   NOT NULL REFERENCES scheme_proposal (id),
    application_id uuid   NOT NULL,
    area_code      text,
    effect         text   NOT NULL CHECK (effect IN ('gains', 'loses')),
    before_outcome text   NOT NULL,
    after_outcome  text   NOT NULL,
    before_fen     bigint NOT NULL,
    after_fen      bigint NOT NULL,
    PRIMARY KEY (proposal_id, application_id)
);
