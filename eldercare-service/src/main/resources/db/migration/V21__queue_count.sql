-- How many wait, by home, channel and time of application in grains of 2^bits microseconds: 63 all together, 41 about
-- 25 days, 35 about 9.5 hours, 29 about 9 minutes, 23 about 8 seconds. A position adds up at most 64 counters of each
-- grain and counts the few entries of one finest grain. Kept in the transaction of each change, whoever makes it.
create table queue_count (
    home_id      uuid     not null references home (id),
    channel_rank smallint not null,
    bits         smallint not null check (bits in (63, 41, 35, 29, 23)),
    bucket       bigint   not null,
    waiting      integer  not null check (waiting >= 0),
    primary key (home_id, channel_rank, bits, bucket)
) with (fillfactor = 70);

create function queue_bucket(at timestamptz, bits integer) returns bigint language sql stable parallel safe as
    $$ select case when bits = 63 then 0 else (extract(epoch from at) * 1000000)::bigint >> bits end $$;

create function queue_bucket_start(bucket bigint, bits integer) returns timestamptz language sql immutable parallel safe as
    $$ select timestamptz '1970-01-01 00:00:00+00' + (bucket << bits) * interval '1 microsecond' $$;

create function count_queue_added() returns trigger language plpgsql as $$
begin
    insert into queue_count as c (home_id, channel_rank, bits, bucket, waiting)
    select a.home_id, a.channel_rank, g.bits, queue_bucket(a.applied_at, g.bits) as bucket, count(*)
    from added a cross join (values (63), (41), (35), (29), (23)) g (bits)
    where a.ended_at is null
    group by a.home_id, a.channel_rank, g.bits, bucket order by a.home_id, a.channel_rank, g.bits, bucket
    on conflict (home_id, channel_rank, bits, bucket) do update set waiting = c.waiting + excluded.waiting;
    return null;
end $$;

create function count_queue_left(entry queue_entry) returns void language plpgsql as $$
declare found_counters integer;
begin
    if entry.ended_at is not null then
        return;
    end if;
    update queue_count c set waiting = c.waiting - 1
    from (values (63), (41), (35), (29), (23)) g (bits)
    where c.home_id = entry.home_id and c.channel_rank = entry.channel_rank and c.bits = g.bits
      and c.bucket = queue_bucket(entry.applied_at, g.bits);
    get diagnostics found_counters = row_count;
    if found_counters <> 5 then
        raise exception 'the counters of queue entry % are not all there', entry.id;
    end if;
end $$;

create function count_queue_came(entry queue_entry) returns void language plpgsql as $$
begin
    if entry.ended_at is not null then
        return;
    end if;
    insert into queue_count as c (home_id, channel_rank, bits, bucket, waiting)
    select entry.home_id, entry.channel_rank, g.bits, queue_bucket(entry.applied_at, g.bits), 1
    from (values (63), (41), (35), (29), (23)) g (bits)
    on conflict (home_id, channel_rank, bits, bucket) do update set waiting = c.waiting + 1;
end $$;

create function count_queue_changed() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform count_queue_left(old);
    end if;
    if tg_op = 'UPDATE' then
        perform count_queue_came(new);
    end if;
    return null;
end $$;

create trigger queue_count_added after insert on queue_entry referencing new table as added
    for each statement execute function count_queue_added();
create trigger queue_count_changed after update on queue_entry for each row
    when ((old.home_id, old.channel_rank, old.applied_at, old.ended_at is null)
        is distinct from (new.home_id, new.channel_rank, new.applied_at, new.ended_at is null))
    execute function count_queue_changed();
create trigger queue_count_deleted after delete on queue_entry for each row execute function count_queue_changed();

insert into queue_count (home_id, channel_rank, bits, bucket, waiting)
select e.home_id, e.channel_rank, g.bits, queue_bucket(e.applied_at, g.bits) as bucket, count(*)
from queue_entry e cross join (values (63), (41), (35), (29), (23)) g (bits)
where e.ended_at is null group by e.home_id, e.channel_rank, g.bits, bucket;
