-- The classes of composite keys that an index holds beside numbers, as its announcement names them.
alter table epoch_index add column composite text[] not null default '{}';
