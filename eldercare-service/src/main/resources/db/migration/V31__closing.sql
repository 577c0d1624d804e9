-- A home that closes takes nobody any more; what it was stays known. It is never opened again: a new home is another row.
alter table home
    add column version      bigint not null default 1,
    add column closed_at    timestamptz,
    add column closed_by    text,
    add column close_reason text,
    add constraint home_closed_whole check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (close_reason is null));

-- an offer that ends without the applicant's doing
alter table offer drop constraint offer_state_check;
alter table offer add constraint offer_state_check check (state in
    ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED', 'COMPLETED', 'REFUSED', 'LAPSED', 'WITHDRAWN', 'CANCELLED'));
