-- 第十五条: the agencies that districts have commissioned; the applicant may choose one of them for the re-check (第十八条)
create table assessment_agency (
    org           text primary key,
    name          text        not null,
    district_code text        not null,
    basis         text        not null,
    recorded_by   text        not null,
    recorded_at   timestamptz not null
);
create index assessment_agency_page on assessment_agency (district_code, org);

-- the personal file: the first assessment, the re-check that an objection led to, and those of a resident (第二十三条)
alter table assessment
    add column purpose text not null default 'FIRST' check (purpose in ('FIRST', 'RECHECK', 'RESIDENT'));

create index application_recheck on application
    ((coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'agencyOrg'))
    where live and coalesce(state_facts -> 'before' -> 'recheck', state_facts -> 'recheck') ->> 'endedAt' is null;
