-- What people type tells of health, income and conduct: sealed beside the column that had it in clear, which is empty then. A
-- job seals the rows of before. An erasure empties both.
alter table decision add column reason_sealed bytea;
alter table circumstance_change add column reason_sealed bytea;
alter table appointment add column place_sealed bytea, add column out_of_turn_sealed bytea;
alter table stay add column reason_sealed bytea, add column end_note_sealed bytea;
alter table adjustment add column reason_sealed bytea;
alter table application add column missing_sealed bytea;

-- what is still to be sealed: empty once it is
create index decision_in_clear on decision (id) where reason <> '' and reason_sealed is null;
create index circumstance_change_in_clear on circumstance_change (id) where reason <> '' and reason_sealed is null;
create index appointment_place_in_clear on appointment (id) where place <> '' and place_sealed is null;
create index appointment_out_of_turn_in_clear on appointment (id) where out_of_turn <> '' and out_of_turn_sealed is null;
create index stay_in_clear on stay (id) where reason <> '' and reason_sealed is null;
create index stay_end_in_clear on stay (id) where end_note <> '' and end_note_sealed is null;
create index adjustment_in_clear on adjustment (id) where reason <> '' and reason_sealed is null;
create index application_facts_in_clear on application (id)
    where state in ('INCOMPLETE', 'REJECTED', 'FORFEITED') and erasure_id is null
      and (state_facts ->> 'reason' is not null or state_facts -> 'missing' ->> 0 is not null);

-- whose data are looked for by the person
create index stay_application on stay (application_id) where application_id is not null;
create index adjustment_bed on adjustment (bed_id, decided_at);

-- A decision or adjustment stays as it was made. What was typed may be sealed, under whatever key, and be emptied once the
-- person has been erased; nothing else of the row changes.
create function refuse_change_but_of_text() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.reason = ''
        and to_jsonb(new) - 'reason' - 'reason_sealed' = to_jsonb(old) - 'reason' - 'reason_sealed'
        and (new.reason_sealed = '' and text_is_of_the_erased(tg_table_name, to_jsonb(old))
            or length(new.reason_sealed) > 0 and old.reason_sealed is distinct from ''
                and current_setting('platform.seal_anew', true) = 'on') then
        return new;
    end if;
    raise exception 'append-only';
end $$;
create function text_is_of_the_erased(of_table text, told jsonb) returns boolean language sql stable as $$
    select case of_table
        when 'decision' then exists (
            select 1 from application a
            where a.id = (told ->> 'application_id')::uuid and a.erasure_id is not null)
        -- an adjustment is of whoever had the bed then
        when 'adjustment' then exists (
            select 1 from stay s join application a on a.id = s.application_id
            where s.bed_id = (told ->> 'bed_id')::uuid and a.erasure_id is not null
              and (told ->> 'decided_at')::timestamptz between s.began_at and coalesce(s.ended_at, 'infinity'))
        else false end
$$;
drop trigger decision_append_only on decision;
create trigger decision_append_only before update or delete on decision
    for each row execute function refuse_change_but_of_text();
drop trigger adjustment_append_only on adjustment;
create trigger adjustment_append_only before update or delete on adjustment
    for each row execute function refuse_change_but_of_text();
