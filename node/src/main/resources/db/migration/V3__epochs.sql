-- When the key of an epoch is destroyed at the latest, as its announcements say; what was announced before they did, after thirty days.
alter table epoch_index add column until timestamptz;
update epoch_index set until = date_trunc('second', recorded_at) + interval '30 days';
alter table epoch_index alter column until set not null;
