-- 第十四条 sets the home no period for judging a change, 第十六条 neither how long before an appointment has to be told nor how
-- often or how far it may be moved: the operator's dated options. What a book's options do not say stands beside them: the
-- version that still serves refuses options with names that it does not know.
alter table rule_option add column defaults jsonb not null
    default '{"changeReviewWorkingDays": 5, "appointmentNoticeWorkingDays": 2, "assessWithinDays": 60, "mostAppointmentChanges": 3}';

alter table deadline
    drop constraint deadline_kind_check,
    add constraint deadline_kind_check
        check (kind in ('HAND_IN', 'REVIEW', 'CHANGE_REVIEW', 'RESULT', 'OBJECTION', 'RECHECK', 'MOVE_IN'));

-- 第十四条: with its round a report ends that the home has not judged; nobody could any more, and it stood against an erasure
alter table circumstance_change
    drop constraint circumstance_change_state_check,
    add constraint circumstance_change_state_check check (state in ('REPORTED', 'CONFIRMED', 'REFUSED', 'CLOSED'));
update circumstance_change c set state = 'CLOSED', decided_at = now()
from application a
where a.id = c.application_id and c.state = 'REPORTED' and not a.live;
