-- Personal data, health and income are in the sealed columns only.
create table application (
    id            uuid primary key,
    owner_subject text        not null,
    version       bigint      not null default 1,
    state         text        not null,
    state_facts   jsonb       not null,
    live          boolean     not null,
    rule_book_id  text        not null references rule_book (id),
    review_home   uuid        references home (id),
    agency_org    text,
    channel       text check (channel in ('SPECIAL', 'PRIORITY', 'ORDINARY')),
    masked_name   text,
    person_index  bytea,
    sealed        bytea       not null,
    submitted_at  timestamptz,
    created_at    timestamptz not null,
    demo          boolean     not null default false
);
-- one running application per person, whoever races
create unique index application_one_per_person on application (person_index) where live and submitted_at is not null;
create index application_owner on application (owner_subject, created_at desc, id desc);
create index application_home on application (review_home, state, submitted_at, id);
create index application_agency on application (agency_org, state, submitted_at, id);

create table material (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    kind           text        not null,
    source         text        not null check (source in ('UPLOAD', 'REGISTER')),
    register       text,
    media_type     text,
    size_bytes     bigint,
    sha256         text,
    provided_by    text        not null,
    provided_at    timestamptz not null,
    demo           boolean     not null default false,
    check (source <> 'REGISTER' or register is not null),
    check (source <> 'UPLOAD' or (media_type is not null and sha256 is not null))
);
create index material_application on material (application_id, kind, provided_at desc);

create table queue_entry (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    home_id        uuid        not null references home (id),
    queue_number   integer     not null,
    channel        text        not null check (channel in ('SPECIAL', 'PRIORITY', 'ORDINARY')),
    channel_rank   smallint    not null check (channel_rank between 1 and 3),
    applied_at     timestamptz not null,
    phase          text        not null check (phase in ('PROVISIONAL', 'WAITING', 'OFFERED', 'ENDED')),
    masked_name    text        not null,
    sealed_needs   bytea       not null,
    ended_at       timestamptz,
    end_reason     text,
    demo           boolean     not null default false,
    unique (home_id, queue_number),
    unique (application_id, home_id),
    check ((phase = 'ENDED') = (ended_at is not null)),
    check ((ended_at is null) = (end_reason is null))
);
-- the order of the queue; positions are counted on it
create index queue_entry_order on queue_entry (home_id, channel_rank, applied_at, id) where ended_at is null;
create index queue_entry_flow on queue_entry (home_id, channel, ended_at) where ended_at is not null;

create table assessment (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    agency_org     text        not null,
    assessor       text        not null,
    assessed_on    date        not null,
    sealed         bytea       not null,
    recorded_at    timestamptz not null
);
create index assessment_application on assessment (application_id, recorded_at desc);

create table offer (
    id                   uuid primary key,
    version              bigint      not null default 1,
    home_id              uuid        not null references home (id),
    bed_id               uuid        not null references bed (id),
    entry_id             uuid        not null references queue_entry (id),
    application_id       uuid        not null references application (id),
    person_index         bytea       not null,
    state                text        not null check (state in
        ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED', 'COMPLETED', 'REFUSED', 'LAPSED', 'WITHDRAWN')),
    candidates           jsonb       not null,
    made_at              timestamptz not null,
    made_by              text        not null,
    move_in_by           date        not null,
    deadline_provisional boolean     not null,
    ended_at             timestamptz
);
-- the real guard against giving a bed away twice
create unique index offer_one_live_per_bed on offer (bed_id) where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED');
create unique index offer_one_live_per_person on offer (person_index)
    where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED');
create unique index offer_one_live_per_application on offer (application_id)
    where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED');
create index offer_due on offer (move_in_by, id) where state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED');
create index offer_application on offer (application_id, made_at desc);
create index offer_home on offer (home_id, made_at desc, id desc);

-- Decisions are facts: appended, never changed.
create table decision (
    id             uuid primary key,
    application_id uuid        not null references application (id),
    kind           text        not null,
    from_state     text        not null,
    to_state       text        not null,
    articles       integer[]   not null,
    reason         text        not null,
    decided_by     text        not null,
    decided_org    text,
    decided_at     timestamptz not null,
    rule_book_id   text        not null references rule_book (id)
);
create index decision_application on decision (application_id, decided_at, id);
create function refuse_decision_change() returns trigger language plpgsql as
    $$ begin raise exception 'append-only'; end $$;
create trigger decision_append_only before update or delete on decision
    for each row execute function refuse_decision_change();
