-- Cards that follow each other, and keys that were taken back: by party and log, from their places on. A log in which
-- nothing of the kind stands has no rows: the party's one card holds in all of it.
create table party_card (
    party    text    not null,
    origin   text    not null references log,
    position bigint  not null,               -- what stands behind it is judged under this card; -1: from the beginning
    serial   integer not null,
    card     bytea   not null,
    primary key (party, origin, position),
    unique (party, origin, serial)
);
create table key_revocation (
    party    text   not null,
    origin   text   not null references log,
    position bigint not null,                -- from behind it on the key counts no more
    key_use  text   not null,
    name     text   not null,
    primary key (party, origin, key_use, name)
);
