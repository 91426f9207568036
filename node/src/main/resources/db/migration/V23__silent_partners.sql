-- How long this node has waited to learn what a partner has seen of their log; what both exchanged is not kept for ever because one is silent.
-- Only time in which it ran counts: in an older copy, the time since the copy was made was not waited.
create table silent_partner (
    partner   text primary key,
    waited    interval    not null,
    looked_at timestamptz not null
);
