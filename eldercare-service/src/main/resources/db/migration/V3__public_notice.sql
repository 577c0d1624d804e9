-- 第二十七条: each month, per home, the queue as it stood; never changed afterwards.
-- The code lets only the applicant find his own line; a notice shows a digest of it that differs from month to month.
alter table queue_entry
    add column notice_code text not null default upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12));

create table public_notice (
    home_id         uuid        not null references home (id),
    month           text        not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
    published_at    timestamptz not null,
    line_count      integer     not null,
    previous_digest text,
    digest          text        not null,
    primary key (home_id, month)
);

create table public_notice_line (
    home_id       uuid     not null,
    month         text     not null,
    place         integer  not null,
    queue_number  integer  not null,
    channel       text     not null,
    applied_month text     not null,
    name          text     not null,
    mark          text     not null,
    primary key (home_id, month, place),
    -- the lines are written first: their digest stands in the notice
    foreign key (home_id, month) references public_notice (home_id, month) deferrable initially deferred
);
create index public_notice_line_mark on public_notice_line (home_id, month, mark);

create trigger public_notice_append_only before update or delete on public_notice
    for each row execute function refuse_decision_change();
create trigger public_notice_line_append_only before update or delete on public_notice_line
    for each row execute function refuse_decision_change();
