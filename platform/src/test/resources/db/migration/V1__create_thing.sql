CREATE TABLE thing (
    id      uuid PRIMARY KEY,
    owner   text   NOT NULL,
    name    text   NOT NULL UNIQUE,
    version bigint NOT NULL
);
