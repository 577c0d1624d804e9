-- Every period of the rule, from when it starts: warned of, met, missed. A right that ran out unused (an objection) is
-- closed, not missed; so is a duty that fell away with the round. A duty met late has both missed_at and met_at.
create table deadline (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    home_id        uuid references home (id),
    kind           text        not null check (kind in ('REVIEW', 'RESULT', 'OBJECTION', 'RECHECK', 'MOVE_IN')),
    bound          text        not null check (bound in ('HOME', 'AGENCY', 'APPLICANT')),
    bound_org      text,
    started_at     timestamptz not null,
    last_day       date        not null,
    provisional    boolean     not null,
    warn_on        date        not null,
    warned_at      timestamptz,
    met_at         timestamptz,
    missed_at      timestamptz,
    closed_at      timestamptz,
    check (warn_on <= last_day)
);
create unique index deadline_one_running on deadline (application_id, kind) where met_at is null and closed_at is null;
create index deadline_application on deadline (application_id, started_at, id);
create index deadline_due on deadline (warn_on, id) where met_at is null and closed_at is null and missed_at is null;
create index deadline_missed on deadline (home_id, missed_at) where missed_at is not null;

-- what runs already
insert into deadline (id, application_id, home_id, kind, bound, bound_org, started_at, last_day, provisional, warn_on)
select gen_random_uuid(), a.id, coalesce((a.state_facts ->> 'homeId')::uuid, a.review_home), d.kind, d.bound,
       case when d.bound = 'HOME' then (select org from home where id = a.review_home) end,
       coalesce(a.submitted_at, a.created_at), (a.state_facts -> d.fact ->> 'lastDay')::date,
       (a.state_facts -> d.fact ->> 'provisional')::boolean, (a.state_facts -> d.fact ->> 'lastDay')::date - 1
from application a
join (values ('SUBMITTED', 'REVIEW', 'HOME', 'reviewBy'), ('WAITING', 'OBJECTION', 'APPLICANT', 'objectionBy'),
             ('OFFERED', 'MOVE_IN', 'APPLICANT', 'moveInBy'), ('OFFER_ACCEPTED', 'MOVE_IN', 'APPLICANT', 'moveInBy'),
             ('PAPERS_CHECKED', 'MOVE_IN', 'APPLICANT', 'moveInBy')) as d (state, kind, bound, fact) on d.state = a.state
where a.state_facts -> d.fact ->> 'lastDay' is not null;

-- 第十六条: the agreed date of an assessment; a new date is a new row
create table appointment (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    agency_org     text        not null,
    on_day         date        not null,
    place          text        not null,
    booked_by      text        not null check (booked_by in ('AGENCY', 'APPLICANT')),
    -- how many stood before him uncalled when he was called, and why he was called first
    passed_over    integer     not null default 0 check (passed_over >= 0),
    out_of_turn    text,
    state          text        not null check (state in ('BOOKED', 'MOVED', 'KEPT', 'MISSED', 'CANCELLED')),
    booked_at      timestamptz not null,
    ended_at       timestamptz,
    check ((state = 'BOOKED') = (ended_at is null)),
    check (passed_over = 0 or out_of_turn is not null)
);
create unique index appointment_one_booked on appointment (application_id) where state = 'BOOKED';
create index appointment_day on appointment (agency_org, on_day, id) where state = 'BOOKED';

-- 第十八条: one working day for the result, five calendar days (天) for the re-check; the rest is the operator's choice
update rule_option
set options = options || '{"resultWorkingDays": 1, "recheckDays": 5, "warnWorkingDays": 1, "keepOriginalTime": true}'::jsonb
where rule_book_id = '2023-17';
