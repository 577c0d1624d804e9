-- Who is in which bed and why. Emergency beds (第二十五条) are used for turnover, emergencies, temporary placing and the
-- special channel only; each use has its reason.
alter table bed_type add column version bigint not null default 1;

-- Fees are published (第二十二条); what they were before stays known.
create table bed_type_fee_change (
    id          uuid primary key,
    bed_type_id uuid        not null references bed_type (id),
    old_fen     bigint      not null,
    new_fen     bigint      not null,
    changed_at  timestamptz not null,
    changed_by  text        not null
);
create index bed_type_fee_change_type on bed_type_fee_change (bed_type_id, changed_at);
create trigger bed_type_fee_change_append_only before update or delete on bed_type_fee_change
    for each row execute function refuse_decision_change();

create table stay (
    id             uuid primary key,
    home_id        uuid        not null references home (id),
    bed_id         uuid        not null references bed (id),
    application_id uuid        references application (id),
    purpose        text        not null check (purpose in
        ('ADMISSION', 'SPECIAL_CHANNEL', 'TURNOVER', 'EMERGENCY', 'TEMPORARY')),
    reason         text        not null,
    until_day      date,
    began_at       timestamptz not null,
    began_by       text        not null,
    ended_at       timestamptz,
    end_reason     text        check (end_reason in ('LEFT', 'DIED', 'MOVED', 'USE_OVER', 'NOT_STATED')),
    end_note       text,
    ended_by       text,
    check ((ended_at is null) = (end_reason is null)),
    check ((ended_at is null) = (ended_by is null))
);
create unique index stay_one_per_bed on stay (bed_id) where ended_at is null;
create unique index stay_one_per_application on stay (application_id) where ended_at is null;
create index stay_home on stay (home_id, id desc);

-- who moved in before stays were kept
insert into stay (id, home_id, bed_id, application_id, purpose, reason, began_at, began_by)
select distinct on (o.bed_id) o.id, o.home_id, o.bed_id, o.application_id,
       case when b.emergency then 'SPECIAL_CHANNEL' else 'ADMISSION' end, '办理入住', coalesce(o.ended_at, o.made_at), o.made_by
from offer o join bed b on b.id = o.bed_id
where o.state = 'COMPLETED' and b.state = 'OCCUPIED'
order by o.bed_id, o.ended_at desc;

-- who of the special channel is still to be placed
create index queue_entry_special on queue_entry (home_id)
    where channel = 'SPECIAL' and phase = 'WAITING' and ended_at is null;
