-- When an entry came into a queue is told by its first event: its time of application may be of before (another home instead of a
-- closed one) or of afterwards (第十四条, where it starts anew).
create index queue_event_entered on queue_event (home_id, entry_id) include (kind, at, applied_at)
    where kind in ('ENTERED', 'CARRIED_OVER');
