-- Dated rules. Who extends a book does so by a recorded act; nothing is ever assumed.
create table rule_book (
    id            text primary key,
    number        text not null unique,
    title         text not null,
    in_force_from date not null,
    in_force_to   date not null,
    check (in_force_to >= in_force_from)
);

create table rule_book_extension (
    id           uuid primary key,
    rule_book_id text        not null references rule_book (id),
    extended_to  date        not null,
    decided_on   date        not null,
    decided_by   text        not null,
    basis        text        not null,
    demo         boolean     not null default false,
    recorded_at  timestamptz not null default now()
);
create index rule_book_extension_book on rule_book_extension (rule_book_id, extended_to desc);

-- What the rule leaves open, decided by the operator from a day on.
create table rule_option (
    rule_book_id text not null references rule_book (id),
    valid_from   date not null,
    options      jsonb not null,
    primary key (rule_book_id, valid_from)
);

insert into rule_book values
    ('2023-17', '威民发〔2023〕17号', '威海市公办养老机构入住评估轮候办法（试行）', '2023-07-18', '2024-12-31');
insert into rule_option values ('2023-17', '2023-07-18', '{
  "minimumAge": 60, "areaPrefix": "3710", "mostHomes": 3,
  "reviewWorkingDays": 5, "objectionWorkingDays": 5, "moveInWorkingDays": 5, "flowDays": 365, "leastPlacements": 20,
  "worseningTogether": true, "riskEventsOverAllKinds": true, "exemptFeePayer": "区市民政部门"}');

create table home (
    id                uuid primary key,
    code              text    not null unique,
    org               text    not null,
    agency_org        text    not null,
    name              text    not null,
    kind              text    not null check (kind in ('PUBLIC', 'PRIVATELY_RUN')),
    district_code     text    not null,
    district_name     text    not null,
    address           text    not null,
    phone             text    not null,
    opening_hours     text    not null,
    lat               double precision,
    lon               double precision,
    fee_items         jsonb   not null default '[]',
    demo              boolean not null default false,
    next_queue_number integer not null default 1
);
create index home_org on home (org);
create index home_page on home (district_code, code);

create table bed_type (
    id              uuid primary key,
    home_id         uuid       not null references home (id),
    kind            text       not null check (kind in ('GENERAL', 'NURSING', 'DEMENTIA_CARE')),
    levels          smallint[] not null,
    monthly_fee_fen bigint     not null check (monthly_fee_fen >= 0),
    unique (home_id, kind)
);

create table bed (
    id          uuid primary key,
    home_id     uuid    not null references home (id),
    bed_type_id uuid    not null references bed_type (id),
    label       text    not null,
    sex         text check (sex in ('MALE', 'FEMALE')),
    emergency   boolean not null default false,
    state       text    not null check (state in ('FREE', 'OFFERED', 'RESERVED', 'OCCUPIED', 'OUT_OF_SERVICE')),
    version     bigint  not null default 1,
    changed_at  timestamptz not null default now(),
    unique (home_id, label)
);
create index bed_state on bed (home_id, state, label);
