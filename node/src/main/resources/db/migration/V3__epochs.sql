-- When the key of an epoch is destroyed at the latest, as its announcements say; what was announced before they did, after thirty days.
alter table epoch_index add column until timestamptz;
update epoch_index set until = date_trunc('second', recorded_at) + interval '30 days';
alter table epoch_index alter column until set not null;

-- How an epoch ended. Of our own: the key is destroyed by then. What lies of an index here is erased at its reader when the epoch ends,
-- at its holder when nobody can have a hit of it any more.
alter table epoch_index add column ended_at timestamptz;
alter table epoch_index add column erased_at timestamptz;
alter table epoch_index add column attested bytea references statement;  -- of our own: the reader says that its copy is erased
create index epoch_index_here on epoch_index (own) where erased_at is null;

-- What was erased because its time had come: never what it said, only how much of it there was.
create table erasure (
    sequence bigint generated always as identity primary key,
    what     text        not null,               -- hit
    subject  bytea       not null references statement,  -- the probe that found the hits
    amount   bigint      not null check (amount > 0),
    at       timestamptz not null
);
create index erasure_of on erasure (subject);
create index hit_due on hit (erase_at);

-- The day on which an item of a list without dates of its own was first held here.
alter table item add column first_seen date;
update item set first_seen = coalesce(
    (document #>> '{envelope,listStatus,since}')::date, (document #>> '{envelope,provenance,obtainedAt}')::date)
from load where load.id = item.load and load.format in ('ofac-sdn', 'csv');
