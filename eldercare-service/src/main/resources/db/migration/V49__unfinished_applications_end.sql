-- The rule sets no period for handing in what is complete; the operator does (rule_option, unfinishedDays). What nobody goes on
-- with ends, and its period is kept as the others are. A job gives it to those of before.
alter table deadline drop constraint deadline_kind_check;
alter table deadline add constraint deadline_kind_check check (kind in
    ('HAND_IN', 'REVIEW', 'RESULT', 'OBJECTION', 'RECHECK', 'MOVE_IN'));

create index application_unfinished on application (id) where live and state in ('DRAFT', 'INCOMPLETE');
