-- Homes where somebody may have come to be able to take a free bed, whatever brought it about: looked at by a job (第二十条).
-- No reference to the home: that would lock its row, which comes before all others.
create table placing_due (
    id       bigint generated always as identity primary key,
    home_id  uuid        not null,
    noted_at timestamptz not null default now()
);
create index placing_due_home on placing_due (home_id, id);

-- a place came, changed or ended; whoever wanted two places together may go on alone
create function note_placing_of_events() returns trigger language plpgsql as $$
begin
    insert into placing_due (home_id)
    select distinct home_id from added where kind <> 'OFFERED' and phase <> 'PROVISIONAL';
    return null;
end $$;
create trigger queue_event_placing after insert on queue_event referencing new table as added
    for each statement execute function note_placing_of_events();

-- an offer ended: he can be offered a bed at the other homes again
create function note_placing_of_offer() returns trigger language plpgsql as $$
begin
    insert into placing_due (home_id)
    select home_id from queue_entry where application_id = new.application_id and ended_at is null;
    return null;
end $$;
create trigger offer_placing after update on offer for each row
    when (old.ended_at is null and new.ended_at is not null) execute function note_placing_of_offer();

create function note_placing_of_bed() returns trigger language plpgsql as $$
begin
    insert into placing_due (home_id) values (new.home_id);
    return null;
end $$;
create trigger bed_placing after insert or update on bed for each row
    when (new.state = 'FREE') execute function note_placing_of_bed();

insert into placing_due (home_id)
select distinct home_id from queue_entry where ended_at is null and phase = 'WAITING';
