-- PIPL 47: a person's data ends, by command of the city or with the period for which it is kept. Decisions, events,
-- offers and notices stay, with number and surname.
create table erasure (
    id         uuid primary key,
    ground     text        not null check (ground in ('REQUESTED', 'DECIDED', 'PERIOD_ENDED')),
    reason     text        not null,
    files      integer     not null check (files >= 0),
    erased_at  timestamptz not null,
    erased_by  text        not null,
    erased_org text
);
create trigger erasure_append_only before update or delete on erasure
    for each row execute function refuse_decision_change();

alter table application add column erasure_id uuid references erasure (id);
create index application_erasure on application (erasure_id) where erasure_id is not null;
-- erased for good: what finds the person is gone, and no round of his runs
alter table application add constraint application_erased_whole
    check (erasure_id is null or (not live and person_index is null and owner_subject = ''));
alter table offer alter column person_index drop not null;

-- files go after the transaction that forgets them has been committed, by whatever process runs then
create table file_to_erase (
    material_id uuid primary key,
    noted_at    timestamptz not null
);

-- How long the office keeps what has ended, from a day on; no months: no end is set, which is so until the first.
create table retention_period (
    id          uuid primary key,
    valid_from  date        not null,
    keep_months integer     check (keep_months >= 0),
    basis       text        not null,
    decided_by  text        not null,
    recorded_at timestamptz not null
);
create index retention_period_day on retention_period (valid_from desc, recorded_at desc, id desc);
create trigger retention_period_append_only before update or delete on retention_period
    for each row execute function refuse_decision_change();
