-- Tokens of a time-stamp authority (RFC 3161) over the three lines of a checkpoint of this node's logs.
create table time_stamp (
    origin     text        not null,
    size       bigint      not null,
    token      bytea       not null,
    stamped_at timestamptz not null,          -- as the authority says
    kept_at    timestamptz not null,          -- by this node's clock
    primary key (origin, size),
    foreign key (origin, size) references checkpoint
);
