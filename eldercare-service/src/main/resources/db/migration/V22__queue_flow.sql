-- What flowed through a channel of a home up to the end of a day: computed once, by whoever first asks after that day.
create table queue_flow (
    home_id  uuid  not null references home (id),
    channel  text  not null check (channel in ('SPECIAL', 'PRIORITY', 'ORDINARY')),
    from_day date  not null,
    to_day   date  not null,
    flow     jsonb not null,
    primary key (home_id, channel, from_day, to_day)
);
