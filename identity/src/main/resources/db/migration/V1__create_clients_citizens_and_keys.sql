-- Clients, as Spring Authorization Server keeps them.
CREATE TABLE oauth2_registered_client (
    id                            varchar(100) PRIMARY KEY,
    client_id                     varchar(100) NOT NULL UNIQUE,
    client_id_issued_at           timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    client_secret                 varchar(200),
    client_secret_expires_at      timestamptz,
    client_name                   varchar(200) NOT NULL,
    client_authentication_methods varchar(1000) NOT NULL,
    authorization_grant_types     varchar(1000) NOT NULL,
    redirect_uris                 varchar(1000),
    post_logout_redirect_uris     varchar(1000),
    scopes                        varchar(1000) NOT NULL,
    client_settings               varchar(2000) NOT NULL,
    token_settings                varchar(2000) NOT NULL
);

-- Whom a client is: what its tokens say, and how far it may act for citizens.
CREATE TABLE client_profile (
    client_id      varchar(100) PRIMARY KEY REFERENCES oauth2_registered_client (client_id) ON DELETE CASCADE,
    subject        varchar(200) NOT NULL,
    org            varchar(100),
    roles          text NOT NULL,
    citizen_scopes text NOT NULL,
    max_assurance  varchar(20) NOT NULL CHECK (max_assurance IN ('none', 'openid', 'real_name')),
    assertion_keys text NOT NULL,
    definition     text NOT NULL,
    development    boolean NOT NULL
);

-- A back end's own user is one opaque citizen id, for good.
CREATE TABLE citizen (
    client_id   varchar(100) NOT NULL REFERENCES oauth2_registered_client (client_id),
    external_id varchar(200) NOT NULL,
    sub         varchar(100) NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client_id, external_id)
);

-- Each assertion is used once; the primary key settles the race.
CREATE TABLE used_assertion (
    client_id  varchar(100) NOT NULL,
    jti        varchar(200) NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti)
);
CREATE INDEX used_assertion_expiry ON used_assertion (expires_at);

-- Private keys are sealed by IDENTITY_KEY_SECRET. A key is published when it is here, signs from signs_from on
-- (the newest such key signs), and is no longer published after retires_at: room to rotate without a gap.
CREATE TABLE signing_key (
    kid         varchar(64) PRIMARY KEY,
    sealed_key  bytea NOT NULL,
    signs_from  timestamptz NOT NULL,
    retires_at  timestamptz,
    development boolean NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Tokens are kept as digests only, for introspection and revocation.
CREATE TABLE issued_token (
    digest     bytea PRIMARY KEY,
    id         varchar(100) NOT NULL UNIQUE,
    client_id  varchar(100) NOT NULL,
    grant_type varchar(100) NOT NULL,
    subject    varchar(200) NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX issued_token_expiry ON issued_token (expires_at);
