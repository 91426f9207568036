-- A body that a partner brought and that no statement recorded here names yet. It counts against the partner until one does, or it is erased.
create table brought_body (
    body       bytea primary key check (length(body) = 32),
    partner    text        not null,
    bytes      bigint      not null,
    brought_at timestamptz not null
);
create index brought_body_of on brought_body (partner);

-- Statements of a partner that were refused and, beyond its share of this node's disk, not kept: how many of each kind.
create table not_kept (
    partner  text        not null,
    problem  text        not null,
    count    bigint      not null,
    bytes    bigint      not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (partner, problem)
);

-- Statements that were recorded without their effect while a memorandum was suspended.
create table quarantined (
    statement bytea primary key references statement,
    partner   text   not null,
    bytes     bigint not null
);
create index quarantined_of on quarantined (partner);
