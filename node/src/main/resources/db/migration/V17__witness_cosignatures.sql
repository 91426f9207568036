-- Cosignatures of independent witnesses over checkpoints of this node's logs that the partner has cosigned.
create table witness_cosignature (
    origin  text        not null,
    size    bigint      not null,
    witness text        not null,             -- its key as text, name and all
    line    text        not null,             -- the signature line of the note
    kept_at timestamptz not null,
    primary key (origin, size, witness),
    foreign key (origin, size) references checkpoint
);
create index witness_cosignature_of on witness_cosignature (origin, witness, size);
