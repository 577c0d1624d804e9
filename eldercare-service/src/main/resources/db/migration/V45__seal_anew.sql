-- The same needs under another key are the same event: sealing anew writes this column and no other.
create function refuse_change_but_seal() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('platform.seal_anew', true) = 'on'
        and to_jsonb(new) - 'sealed_needs' = to_jsonb(old) - 'sealed_needs' then
        return new;
    end if;
    raise exception 'append-only';
end $$;
drop trigger queue_event_append_only on queue_event;
create trigger queue_event_append_only before update or delete on queue_event
    for each row execute function refuse_change_but_seal();
