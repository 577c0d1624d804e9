-- 第十四条: what changed, as the applicant reports it; a category counts once the home has confirmed it
create table circumstance_change (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    sealed         bytea       not null,
    state          text        not null check (state in ('REPORTED', 'CONFIRMED', 'REFUSED')),
    reported_at    timestamptz not null,
    decided_at     timestamptz,
    decided_org    text,
    reason         text,
    check ((state = 'REPORTED') = (decided_at is null))
);
create unique index circumstance_change_one_open on circumstance_change (application_id) where state = 'REPORTED';
create index circumstance_change_application on circumstance_change (application_id, reported_at, id);

-- 第二十三条: a suspected infectious or mental illness of a resident, handled under its own law; health data, sealed
create table illness_note (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    sealed         bytea       not null,
    noted_on       date        not null,
    recorded_by    text        not null,
    recorded_org   text        not null,
    recorded_at    timestamptz not null
);
create index illness_note_application on illness_note (application_id, recorded_at, id);

-- 第二十八条: who lived in a home before the rule came into force need not apply; only the keyed digest is kept
create table prior_resident (
    id           uuid primary key,
    home_id      uuid        not null references home (id),
    person_index bytea       not null,
    moved_in_on  date        not null,
    recorded_by  text        not null,
    recorded_at  timestamptz not null,
    unique (person_index, home_id)
);
