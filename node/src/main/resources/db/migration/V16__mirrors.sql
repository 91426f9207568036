-- The entries of partners' logs as far as this node has read them, each under a root that it had cosigned. Entries and size are
-- written in one transaction. A fault is what stands in the way of reading on, for as long as it does.
create table mirror (
    origin     text   primary key,
    party      text   not null,
    size       bigint not null default 0 check (size >= 0),
    fault      text,
    arguments  text[],
    noticed_at timestamptz,
    check ((fault is null) = (arguments is null) and (fault is null) = (noticed_at is null))
);
create table mirrored_leaf (
    origin    text   not null references mirror,
    position  bigint not null,
    statement bytea  not null check (length(statement) = 32),
    primary key (origin, position)
);
create index mirrored_leaf_of on mirrored_leaf (origin, statement);

-- What a statement that was recovered after a restore had done here, and could not do again by itself: for people.
create table left_undone (
    statement bytea primary key references statement,
    partner   text        not null,
    problem   text        not null,
    noted_at  timestamptz not null
);
