-- 第十五条: each district commissions an agency for itself and ends its own commission; what was stays known
alter table assessment_agency drop constraint assessment_agency_pkey;
alter table assessment_agency
    add column id         uuid not null default gen_random_uuid() primary key,
    add column ended_at   timestamptz,
    add column ended_by   text,
    add column end_reason text,
    add constraint assessment_agency_end_whole check ((ended_at is null) = (ended_by is null)
        and (ended_at is null) = (end_reason is null));
create unique index assessment_agency_one_running on assessment_agency (org, district_code) where ended_at is null;
