-- An event for one client only names it; all others are for every client that may subscribe to their type.
ALTER TABLE outbox ADD COLUMN audience text;

-- delivered_at: when the event was handed to the deliveries of all webhooks that want it.
CREATE TABLE webhook (
    id               uuid PRIMARY KEY,
    client_id        text        NOT NULL,
    url              text        NOT NULL,
    event_types      text[]      NOT NULL,
    description      text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED', 'STOPPED')),
    stopped_reason   text,
    secret           bytea       NOT NULL,
    previous_secret  bytea,
    previous_until   timestamptz,
    failing_since    timestamptz,
    version          bigint      NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    CHECK ((state = 'STOPPED') = (stopped_reason IS NOT NULL)),
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
CREATE INDEX webhook_client ON webhook (client_id, id);

-- wanted: names of types, or of families that end in .*
CREATE FUNCTION event_type_wanted(type text, wanted text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT type = ANY (wanted)
        OR EXISTS (SELECT 1 FROM unnest(wanted) AS name WHERE name LIKE '%.*' AND starts_with(type, left(name, -1)))
$$;

CREATE TABLE webhook_delivery (
    webhook_id   uuid        NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    event_id     uuid        NOT NULL REFERENCES outbox (id),
    sequence     bigint      NOT NULL,
    subject      text        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'DEAD')),
    attempts     integer     NOT NULL DEFAULT 0,
    next_at      timestamptz NOT NULL,
    leased_until timestamptz,
    last_status  integer,
    last_error   text,
    delivered_at timestamptz,
    PRIMARY KEY (webhook_id, event_id),
    CHECK ((state = 'DELIVERED') = (delivered_at IS NOT NULL))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_order ON webhook_delivery (webhook_id, subject, sequence) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_leased ON webhook_delivery (webhook_id, leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX webhook_delivery_page ON webhook_delivery (webhook_id, sequence DESC);
