-- Standing questions of this party. What one is about is a statement; this row holds what is ours alone, and how far it has come.
create table watch (
    statement bytea primary key references statement,
    authority text        not null,
    index     bytea       not null references epoch_index,  -- the whole list that is asked now
    case_file text        not null,
    holdings  boolean     not null,          -- all that the authority holds in the category, as it comes and goes
    round     bigint      not null default -1,   -- the last that was asked
    due_at    timestamptz not null,          -- when the next one is
    until     timestamptz not null,
    looked    int         not null default 0,    -- in how many generations the evaluated tags were looked up
    asked_by  text        not null,
    ended_at  timestamptz,
    problem   text,                          -- why it ended
    arguments text[],
    foreign key (authority, case_file) references case_file (authority, reference)
);
create index watch_open on watch (due_at) where ended_at is null;

-- What a watch asks about, until it ends.
create table watched (
    watch bytea not null references watch,
    type  text  not null,
    value text  not null,
    probe bytea references statement,        -- that asked about it under the present index
    tag   bytea check (length(tag) = 24),    -- tag and mask, from the answer until the epoch ends or the hit is erased
    primary key (watch, type, value)
);
create index watched_by_probe on watched (probe) where probe is not null;

alter table probe drop constraint probe_act_check;
alter table probe add constraint probe_act_check check (act in ('probe', 'reconcile', 'watch'));
alter table probe add column watch bytea references watch;
create index probe_of_watch on probe (watch) where watch is not null;
