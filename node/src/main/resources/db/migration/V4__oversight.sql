-- Openings of probes of this party lie sealed in the key store under the digest of their batch, until their term is over.
create table probe_opening (
    batch    bytea primary key check (length(batch) = 32),
    probe    bytea references statement,     -- null: prepared, and not asked yet
    erase_at timestamptz not null
);
create index probe_opening_of on probe_opening (probe) where probe is not null;
create index probe_opening_due on probe_opening (erase_at);

-- Who of oversight had which probe opened, and why; a row is never taken back.
create table probe_opened (
    sequence  bigint generated always as identity primary key,
    probe     bytea       not null references probe,
    officer   text        not null,
    authority text        not null,
    reason    text        not null,
    at        timestamptz not null
);
