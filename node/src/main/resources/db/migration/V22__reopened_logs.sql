-- A log that cannot be gone on with is closed, and goes on under the name of its next incarnation. Of each relationship one is open.
alter table log add column closed_at timestamptz;
alter table log drop constraint log_partner_key;
create unique index log_open on log (partner) where closed_at is null;

-- The declarations that closed one incarnation and opened the next, of this party's logs and of its partners'; each is closed once.
create table reopening (
    next       text primary key,
    follows    text    not null unique,
    party      text    not null,                 -- whose log it is
    number     integer not null,                 -- of the next one
    statement  bytea   not null unique references statement,
    ordered_by text,                             -- of this party's own: the officer who ordered it, and why
    reason     text,
    check ((ordered_by is null) = (reason is null))
);
create index reopening_of on reopening (party, number);
