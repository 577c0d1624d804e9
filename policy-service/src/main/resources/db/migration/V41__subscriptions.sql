-- A version that somebody may be told of, in the order in which they are told of. The number is taken under a shared lock
-- that the creation of a subscription takes alone, so that a subscription knows which versions were there before it.
CREATE TABLE announcement (
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id uuid NOT NULL UNIQUE REFERENCES version,
    work_id    uuid NOT NULL REFERENCES work,
    -- the last subscription that was looked at
    reached    uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    done       boolean NOT NULL DEFAULT false
);
CREATE INDEX announcement_open ON announcement (sequence) WHERE NOT done;

CREATE TABLE policy_subscription (
    id         uuid PRIMARY KEY,
    owner      text NOT NULL,
    name       text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('profile', 'query')),
    criteria   jsonb NOT NULL,
    -- versions up to this one were there before
    since      bigint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX policy_subscription_owner ON policy_subscription (owner, id);

-- Each subscription is told of each version once.
CREATE TABLE policy_match (
    subscription_id uuid NOT NULL REFERENCES policy_subscription ON DELETE CASCADE,
    version_id      uuid NOT NULL REFERENCES version,
    sequence        bigint NOT NULL,
    articles        text[] NOT NULL,
    matched_at      timestamptz NOT NULL,
    PRIMARY KEY (subscription_id, version_id)
);
CREATE INDEX policy_match_latest ON policy_match (subscription_id, sequence DESC);
