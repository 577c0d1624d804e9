-- What happened in the queue of each home, in one order: the number is taken under the home's row lock, in the
-- transaction of the change. Each event holds the entry as it stood afterwards; its needs stay sealed.
alter table home add column last_event_seq bigint not null default 0;

create table queue_event (
    home_id        uuid        not null references home (id),
    seq            bigint      not null check (seq > 0),
    kind           text        not null check (kind in ('ENTERED', 'CARRIED_OVER', 'CHANGED', 'OFFERED', 'ENDED')),
    entry_id       uuid        not null references queue_entry (id),
    application_id uuid        not null references application (id),
    queue_number   integer     not null,
    channel        text        not null check (channel in ('SPECIAL', 'PRIORITY', 'ORDINARY')),
    applied_at     timestamptz not null,
    phase          text        not null check (phase in ('PROVISIONAL', 'WAITING', 'OFFERED', 'ENDED')),
    sealed_needs   bytea       not null,
    offer_id       uuid,
    bed            jsonb,
    reason         text,
    at             timestamptz not null,
    -- one clock for all replicas, which those of the services are not
    recorded_at    timestamptz not null default clock_timestamp(),
    primary key (home_id, seq),
    check ((kind = 'OFFERED') = (offer_id is not null)),
    check ((offer_id is null) = (bed is null)),
    check ((phase = 'ENDED') = (reason is not null))
);
create index queue_event_entry on queue_event (entry_id, seq);
create index queue_event_application on queue_event (application_id, home_id) where kind in ('OFFERED', 'CARRIED_OVER');

create trigger queue_event_append_only before update or delete on queue_event
    for each row execute function refuse_decision_change();
create trigger queue_event_not_emptied before truncate on queue_event
    for each statement execute function refuse_decision_change();

-- Entries that nobody saw come (from before this log, or the demo's past) stand in it as they were found.
create function carry_queue_over(found_at timestamptz) returns void language sql as $$
    with fresh as (
        select e.*, row_number() over (partition by e.home_id order by e.queue_number) as nth
        from queue_entry e where not exists (select 1 from queue_event v where v.entry_id = e.id)),
    numbered as (
        update home h set last_event_seq = h.last_event_seq + f.events
        from (select home_id, count(*) as events from fresh group by home_id) f where h.id = f.home_id
        returning h.id, h.last_event_seq - f.events as before)
    insert into queue_event (home_id, seq, kind, entry_id, application_id, queue_number, channel, applied_at, phase,
                             sealed_needs, reason, at)
    select f.home_id, n.before + f.nth, 'CARRIED_OVER', f.id, f.application_id, f.queue_number, f.channel, f.applied_at,
           f.phase, f.sealed_needs, f.end_reason, found_at
    from fresh f join numbered n on n.id = f.home_id
$$;
select carry_queue_over(now());
