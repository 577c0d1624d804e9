-- The options of a book change from a day on: proposed by one, approved by another. Each application is judged by those of the
-- day on which it was first handed in; of what was handed in before this, the code takes the day on which it was complete.
alter table application add column handed_in_on date;

create table rule_option_proposal (
    id           uuid primary key,
    version      bigint      not null,
    rule_book_id text        not null references rule_book (id),
    valid_from   date        not null,
    options      jsonb       not null,
    decided_on   date        not null,
    basis        text        not null,
    state        text        not null check (state in ('PROPOSED', 'APPROVED', 'WITHDRAWN')),
    proposed_by  text        not null,
    proposed_org text,
    proposed_at  timestamptz not null,
    closed_by    text,
    closed_at    timestamptz,
    constraint rule_option_proposal_whole check ((state = 'PROPOSED') = (closed_at is null) and (closed_at is null) = (closed_by is null)),
    constraint rule_option_four_eyes check (state <> 'APPROVED' or closed_by <> proposed_by)
);
create unique index rule_option_proposal_open on rule_option_proposal (rule_book_id, valid_from) where state = 'PROPOSED';

alter table rule_option add column proposal_id uuid references rule_option_proposal (id);
create trigger rule_option_append_only before update or delete on rule_option
    for each row execute function refuse_decision_change();
