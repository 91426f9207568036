-- Files in which contents that partners released left this node. The file itself is not kept: its digest tells whether one that turns up is it.
create table exported_file (
    digest  bytea primary key check (length(digest) = 32),
    partner text        not null,
    officer text        not null,            -- to whom it was given
    at      timestamptz not null
);

-- What of ours alone belongs to an approved export: one serves one file. A row is never taken back.
create table item_export (
    statement bytea primary key references statement,  -- item-exported
    authority text  not null,
    case_file text  not null,
    file      bytea references exported_file,          -- null until it was given out
    foreign key (authority, case_file) references case_file (authority, reference)
);
create index item_export_of_file on item_export (file) where file is not null;
