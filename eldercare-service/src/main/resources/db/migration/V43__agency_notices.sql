-- 第二十四条 lets the agency tell an applicant to move in, 第二十条 the home: both are kept, beside the period that counts.
create table agency_notice (
    id          uuid primary key,
    offer_id    uuid        not null references offer (id),
    agency_org  text        not null,
    medium      text        not null check (medium in ('PHONE', 'TEXT_MESSAGE')),
    told_at     timestamptz not null,
    last_day    date        not null,
    recorded_by text        not null,
    recorded_at timestamptz not null,
    unique (offer_id, agency_org)
);
create trigger agency_notice_append_only before update or delete on agency_notice
    for each row execute function refuse_decision_change();
