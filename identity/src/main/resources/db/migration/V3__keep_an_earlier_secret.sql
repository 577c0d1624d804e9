-- The secret before the previous one, as long as it is good: a second renewal within an overlap must not end the one in use.
ALTER TABLE client_profile
    ADD COLUMN earlier_secret       varchar(200),
    ADD COLUMN earlier_secret_until timestamptz;
