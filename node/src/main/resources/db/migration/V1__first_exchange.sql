-- The only truth of a node. Statement, log leaf, effect and outbox row are written in one transaction;
-- everything that can be derived from these tables (roots, proofs, states of proceedings) is derived.

-- Parties, by the cards that an administrator pinned. Exactly one of them is this node's own.
create table party (
    code        text primary key,
    own         boolean     not null,
    card        bytea       not null,
    fingerprint text        not null,
    address     text,                        -- host:port of the peer listener; no part of the card
    pinned_at   timestamptz not null,
    check (own or address is not null)
);
create unique index party_own on party (own) where own;

-- Officers of this party, and the officers of partners as their appointments made them known.
create table officer (
    party      text    not null,
    pseudonym  text    not null,
    authority  text    not null,
    role       text    not null,
    keys       bytea   not null,             -- the public keys, canonical JSON
    name       text,                         -- only of our own: partners know the pseudonym
    token_hash bytea unique,                 -- SHA-256 of the bearer token; only of our own
    primary key (party, pseudonym),
    check ((name is null) = (token_hash is null))
);

-- Evidence logs: one for each relationship, and an internal one.
create table log (
    origin  text primary key,
    partner text unique,                     -- null: the internal log
    size    bigint not null default 0 check (size >= 0)
);

-- A statement is stored as the exact bytes that were signed; its id is the digest of what they say.
create table statement (
    id          bytea primary key check (length(id) = 32),
    outgoing    boolean     not null,
    kind        text        not null,
    sender      text        not null,
    receiver    text        not null,
    stated_at   timestamptz not null,
    answers     bytea,
    bytes       bytea       not null,
    recorded_at timestamptz not null
);
create index statement_by_time on statement (recorded_at);
create index statement_answers on statement (answers) where answers is not null;

-- The bodies that a statement names, by the SHA-256 of their ciphertext; the files lie in the home.
create table statement_body (
    statement bytea not null references statement,
    body      bytea not null check (length(body) = 32),
    primary key (statement, body)
);
create index statement_of_body on statement_body (body);

create table leaf (
    origin    text   not null references log,
    position  bigint not null,
    statement bytea  not null references statement,
    primary key (origin, position),
    unique (origin, statement)
);
-- Hashes of the complete subtrees: the one at (level, position) covers 2^level leaves from position * 2^level on.
create table tree_hash (
    origin   text   not null references log,
    level    int    not null,
    position bigint not null,
    hash     bytea  not null check (length(hash) = 32),
    primary key (origin, level, position)
);

-- Never two roots of one size: the primary key sees to it.
create table checkpoint (
    origin     text        not null references log,
    size       bigint      not null,
    root       bytea       not null check (length(root) = 32),
    note       text        not null,         -- signed note, with the cosignature once it came
    cosigned   boolean     not null,
    written_at timestamptz not null,
    primary key (origin, size)
);

-- What this node, as a witness, has last seen of a partner's log.
create table witnessed (
    origin text primary key,
    party  text   not null,
    size   bigint not null,
    root   bytea  not null,
    note   text   not null
);

-- Two checkpoints of one size that a partner's log signed: proof that it shows two histories.
create table split_view (
    origin text   not null,
    size   bigint not null,
    first  text   not null,
    second text   not null,
    primary key (origin, size, second)
);

-- A statement of a partner that was refused and proves something about the partner, kept whole with the reason.
create table kept_statement (
    sequence    bigint generated always as identity primary key,
    partner     text        not null,
    id          bytea       not null,
    digest      bytea       not null,        -- SHA-256 of the bytes
    bytes       bytea       not null,
    problem     text        not null,
    arguments   text[]      not null,
    recorded_at timestamptz not null,
    unique (partner, digest)
);

create table outbox (
    sequence        bigint generated always as identity primary key,
    partner         text        not null references party,
    statement       bytea       not null references statement,
    acknowledged_at timestamptz,
    set_aside       text,                    -- code of the problem for which it was set aside
    arguments       text[],
    unique (partner, statement)
);
create index outbox_waiting on outbox (partner, sequence) where acknowledged_at is null and set_aside is null;

-- Work that a statement asked of this node and that is done after it was acknowledged; done once.
create table duty (
    statement bytea primary key references statement,
    due_at    timestamptz not null,
    attempts  integer not null default 0,
    done_at   timestamptz,
    problem   text
);
create index duty_open on duty (due_at) where done_at is null;

-- Memoranda, and what the parties did with them: their standing is a fold over the events.
create table memorandum (
    digest    bytea primary key,
    id        text        not null,
    canonical bytea       not null,
    source    text        not null,          -- the YAML as it was brought
    stored_at timestamptz not null
);
create table memorandum_event (
    sequence  bigint generated always as identity primary key,
    digest    bytea       not null,
    party     text        not null,
    kind      text        not null,
    at        timestamptz not null,
    statement bytea       not null unique references statement
);
create index memorandum_event_of on memorandum_event (digest, sequence);

-- Holdings.
create table load (
    id            uuid primary key,
    authority     text        not null,
    format        text        not null,
    source_digest bytea       not null,
    terms         text        not null,      -- on what terms: the same file on other terms is another load
    list_date     date,
    accepted      bigint      not null,
    flagged       bigint      not null,
    refused       bigint      not null,
    report        jsonb       not null,
    loaded_by     text        not null,
    loaded_at     timestamptz not null,
    unique (authority, source_digest, terms)
);
create table item (
    number      bigint generated always as identity primary key,
    load        uuid references load,        -- null: released to us by a partner
    originator  text    not null,            -- party whose item it is
    authority   text    not null,            -- authority of this party that holds it
    id          text    not null,
    category    text    not null,
    schema      text    not null,
    cleared     boolean not null,
    abroad      boolean not null,            -- obtained outside the country of whoever obtained it
    document    jsonb   not null,
    changed     xid8    not null default pg_current_xact_id(),  -- the transaction that last changed the document
    unique (originator, authority, id)
);
create index item_of_category on item (authority, category, number);
create index item_changed on item (authority, changed);
create table identifier (
    type    text    not null,
    value   text    not null,
    item    bigint  not null references item on delete cascade,
    flagged boolean not null,
    primary key (type, value, item)
);
create index identifier_of_item on identifier (item);
-- Identifiers that an item bore before it changed: what the changes of an index may have to take away.
create table identifier_before (
    authority text not null,
    type      text not null,
    value     text not null,
    changed   xid8 not null default pg_current_xact_id()
);
create index identifier_before_of on identifier_before (authority, changed);

-- Indices: of our own holdings for a partner, and those that partners gave us.
create table epoch_index (
    statement   bytea primary key references statement,
    own         boolean     not null,
    holder      text        not null,        -- the authority whose holdings it is of
    reader      text        not null,        -- the authority it was made for
    memorandum  bytea       not null,
    category    text        not null,
    purpose     text        not null,
    epoch       bigint      not null,
    generation  int         not null,        -- 0: the whole list; then the sets of changes to it
    mark        xid8,                        -- of our own: every change before this transaction is in it
    public_key  bytea       not null,
    root        bytea       not null,        -- also the name of its file
    size        bigint      not null,
    recorded_at timestamptz not null,
    unique (holder, reader, memorandum, category, purpose, epoch, generation)
);

-- What evaluations cost whom, charged before they happen; a row is never taken back.
create table charge (
    statement bytea primary key references statement,
    partner   text        not null,          -- the party that asked
    act       text        not null,
    basis     bytea,                         -- the agreement, of what is charged under a reconcile
    amount    bigint      not null check (amount > 0),
    at        timestamptz not null
);
create index charge_under on charge (basis) where basis is not null;
create index charge_of on charge (partner, act, at);

create table case_file (
    reference  text        not null,
    authority  text        not null,
    memorandum bytea       not null,
    purpose    text        not null,
    salt       bytea       not null,
    opened_by  text        not null,
    opened_at  timestamptz not null,
    closed_at  timestamptz,
    primary key (authority, reference)
);

-- Probes of this node. Their blinds lie sealed in the key store until the answer was read.
create table probe (
    statement  bytea primary key references statement,
    act        text   not null check (act in ('probe', 'reconcile')),
    authority  text   not null,
    index      bytea  not null references epoch_index,
    case_file  text,
    purpose    text   not null,
    inputs     bigint not null,
    answered   bytea references statement,
    problem    text,
    asked_by   text   not null,
    foreign key (authority, case_file) references case_file (authority, reference)
);
create table hit (
    id         uuid primary key,
    probe      bytea   not null references probe,
    type       text    not null,
    value      text    not null,
    index      bytea   not null references epoch_index,  -- the generation in which it was found
    position   bigint  not null,
    category   text    not null,
    status     text    not null,
    status_at  date    not null,
    cleared    boolean not null,
    flagged    boolean not null,
    erase_at   timestamptz not null
);

-- Requests, ours and theirs: their state is a fold over the statements, this row holds what is ours alone.
create table request (
    statement bytea primary key references statement,
    own       boolean not null,
    authority text    not null,              -- our authority that asks or is asked
    hit       uuid references hit,
    case_file text,
    facts     text                           -- erasable
);
create table received_item (
    statement bytea  not null references statement,
    item      bigint not null references item,
    request   bytea references request,
    primary key (statement, item)
);

-- What would be said once it is approved. Nothing of it has left the node; it is forgotten when it expires.
create table draft (
    subject    bytea primary key check (length(subject) = 32),
    act        text        not null,
    kind       text        not null,
    sender     text        not null,
    receiver   text        not null,
    content    bytea       not null,         -- canonical JSON, without approvals
    private    bytea       not null,         -- what the node must remember and never says, canonical JSON
    approvers  text[]      not null,
    prepared_at timestamptz not null,
    expires_at timestamptz not null,
    statement  bytea references statement    -- once it was said
);
create table approval (
    subject   bytea       not null references draft,
    pseudonym text        not null,
    bytes     bytea       not null,
    at        timestamptz not null,
    primary key (subject, pseudonym)
);
