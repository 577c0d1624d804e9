-- Who applies together with whom: both say so, before an offer. Both must want it, and only then they are a couple.
create table companion_wish (
    application_id uuid primary key references application (id),
    companion_id   uuid        not null references application (id),
    alone_allowed  boolean     not null,
    wished_at      timestamptz not null,
    wished_by      text        not null,
    check (application_id <> companion_id)
);
create index companion_wish_companion on companion_wish (companion_id);

-- two offers that were made together
alter table offer add column pair_id uuid;
create index offer_pair on offer (pair_id) where pair_id is not null;

-- 第二十三条: whether a resident may stay where he is; decided once more after each assessment, or when a home closes
create table adjustment (
    id         uuid primary key,
    home_id    uuid        not null references home (id),
    bed_id     uuid        not null references bed (id),
    to_bed_id  uuid references bed (id),
    outcome    text        not null check (outcome in ('KEPT', 'MOVED')),
    reason     text        not null,
    decided_by text        not null,
    decided_at timestamptz not null,
    check ((outcome = 'MOVED') = (to_bed_id is not null))
);
create index adjustment_home on adjustment (home_id, decided_at);
create trigger adjustment_append_only before update or delete on adjustment
    for each row execute function refuse_decision_change();
