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
