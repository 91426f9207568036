-- What stands for an item while a proceeding is in a phase, written anew with each step of the proceeding. An item is named by the statement
-- that handed it over.
create table item_effect (
    item    bytea not null references statement,
    opening bytea not null references proceeding,
    effect  text  not null check (effect in ('restriction', 'erasure', 'consent', 'authorisation')),
    until   date,                                      -- its last day; null: as long as the phase
    primary key (item, opening)
);
create index item_effect_opening on item_effect (opening);
