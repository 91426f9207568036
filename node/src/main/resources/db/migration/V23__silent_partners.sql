-- Since when this node does not know what a partner has seen of their log; what both exchanged is not kept for ever because one is silent.
create table silent_partner (
    partner text primary key,
    since   timestamptz not null
);
