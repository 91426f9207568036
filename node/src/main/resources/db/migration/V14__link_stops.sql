-- Why nothing passes between this node and a partner any more, until an administrator says otherwise. Rows are never taken back.
create table link_stop (
    sequence   bigint generated always as identity primary key,
    partner    text        not null,
    stopped_at timestamptz not null,
    problem    text        not null,
    arguments  text[]      not null,
    resumed_at timestamptz,
    resumed_by text,
    reason     text,
    check ((resumed_at is null) = (resumed_by is null) and (resumed_at is null) = (reason is null))
);
create unique index link_stop_open on link_stop (partner, problem) where resumed_at is null;
