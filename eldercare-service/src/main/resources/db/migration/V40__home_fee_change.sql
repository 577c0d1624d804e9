-- 第二十二条: what a fee item of a home costs from a day on; null: it falls away. A row holds until the next of its item, so
-- two can never hold at once; home.fee_items is what held before the first.
create table home_fee_change (
    id           uuid primary key,
    home_id      uuid        not null references home (id),
    name         text        not null,
    monthly_fen  bigint      check (monthly_fen >= 0),
    valid_from   date        not null,
    announced_by text        not null,
    announced_at timestamptz not null,
    unique (home_id, name, valid_from)
);
create index home_fee_change_home on home_fee_change (home_id, valid_from, name);
create trigger home_fee_change_append_only before update or delete on home_fee_change
    for each row execute function refuse_decision_change();
