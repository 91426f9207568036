-- Until when the bodies of a release may be kept: the last day by its envelope. A request lives as long as the last of its releases.
create table body_term (
    statement bytea primary key references statement,
    last_day  date not null
);
create index body_term_by_day on body_term (last_day);
create index statement_released on statement (id) where kind = 'item-released';
create index statement_requested on statement (id) where kind = 'item-requested';

-- What is erased is recorded with why; of a partner's bodies also with the statement in which this party attests it.
alter table erasure add column why text;
alter table erasure add column attestation bytea references statement;
create unique index erasure_of_bodies on erasure (subject) where what = 'body';

-- What partners attest: that they erased the bodies of this statement of ours. The first word counts.
create table erasure_attested (
    statement   bytea primary key references statement,
    attestation bytea       not null references statement,
    why         text        not null,
    at          timestamptz not null
);

-- Orders of courts not to erase. What is held beyond its term is restricted. Rows are never taken back.
create table legal_hold (
    sequence   bigint generated always as identity primary key,
    statement  bytea       not null references statement,
    court      text        not null,
    instrument text        not null,
    review     date        not null,
    placed_by  text        not null,
    placed_at  timestamptz not null,
    lifted_by  text,
    lifted_at  timestamptz,
    reason     text,
    check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (reason is null))
);
create unique index legal_hold_open on legal_hold (statement, court, instrument) where lifted_at is null;
