-- The texts that people read before they signed: a later version may say the same terms in other words, and what was signed stays.
create table memorandum_text (
    digest     bytea primary key,
    memorandum bytea       not null,          -- digest of the canonical form whose terms it says
    language   text        not null,
    text       bytea       not null,
    kept_at    timestamptz not null
);
