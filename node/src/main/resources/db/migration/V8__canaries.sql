-- Canaries: identifiers that nobody has, planted among the entries of an authority's indices of one category.
create table canary (
    number       bigint generated always as identity primary key,
    authority    text        not null,
    category     text        not null,
    type         text        not null,
    value        text        not null,
    status       text        not null,       -- what its label says, as that of an ordinary entry
    since        date        not null,
    planted_by   text        not null,
    planted_at   timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn    text check (withdrawn in ('officer', 'held')),  -- held: a load brought what was to be nobody's
    changed      xid8        not null default pg_current_xact_id(),
    unique (type, value),
    check ((withdrawn_at is null) = (withdrawn is null))
);
create index canary_of on canary (authority, category);

-- A partner asked for what stands behind a canary.
create table canary_alarm (
    canary    bigint      not null references canary,
    statement bytea       not null references statement,
    partner   text        not null,          -- the authority that asked
    at        timestamptz not null,
    primary key (canary, statement)
);

-- Canaries that a partner told us of, and the probes of ours that asked about them.
create table agreed_canary (
    number     bigint generated always as identity primary key,
    authority  text        not null,         -- whose oversight entered it
    partner    text        not null,         -- the authority in whose indices it stands
    category   text        not null,
    type       text        not null,
    value      text        not null,
    entered_by text        not null,
    entered_at timestamptz not null,
    unique (authority, partner, category, type, value)
);
create table agreed_canary_probe (
    canary bigint  not null references agreed_canary,
    probe  bytea   not null references probe,
    hit    boolean not null,
    primary key (canary, probe)
);

-- Who was shown the values of canaries, and when.
create table canary_reading (
    sequence  bigint generated always as identity primary key,
    officer   text        not null,
    authority text        not null,
    shown     bigint      not null,          -- how many values
    at        timestamptz not null
);
