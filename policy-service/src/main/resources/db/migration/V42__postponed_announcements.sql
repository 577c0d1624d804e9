-- A version that subscribers cannot be told of now is tried again later, ever less often; those behind it do not wait.
ALTER TABLE announcement
    ADD COLUMN attempts  integer NOT NULL DEFAULT 0,
    ADD COLUMN try_after timestamptz;
