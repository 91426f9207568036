-- Trees are derived: their hashes stand in tiles, and what grows is counted by the sequencer.
drop table tree_hash;

-- A signed statement is base64 that is not worth a processor's time to compress.
alter table statement alter column bytes set storage external;

-- The row of the log is locked while leaves are counted, and nothing is put in an outbox without a leaf: checking the same
-- again for each row took half of the time of an append.
alter table leaf drop constraint leaf_origin_fkey;
alter table outbox drop constraint outbox_partner_fkey;
