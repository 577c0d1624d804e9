-- A rule book that takes the place of another from a day on, by an operator's recorded act; the replaced one stays for
-- what was handed in under it.
alter table rule_book
    add column articles    jsonb,
    add column replaces    text references rule_book (id),
    add column decided_on  date,
    add column decided_by  text,
    add column basis       text,
    add column recorded_at timestamptz,
    add column demo        boolean not null default false,
    add constraint rule_book_act_whole check (num_nulls(articles, decided_on, decided_by, basis, recorded_at) in (0, 5));
-- the last guards: one follows another, and two never begin together
create unique index rule_book_replaced_once on rule_book (replaces);
create unique index rule_book_begins_once on rule_book (in_force_from);

create trigger rule_book_append_only before update or delete on rule_book
    for each row execute function refuse_decision_change();
create trigger rule_book_extension_append_only before update or delete on rule_book_extension
    for each row execute function refuse_decision_change();
