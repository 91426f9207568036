-- Files of evidence that officers have sealed for the authority that asks, and that no release names yet. What stands here goes with the release, or
-- after some days; the files themselves are bodies.
create table uploaded_file (
    body             bytea primary key check (length(body) = 32),
    request          bytea       not null references statement,
    ciphertext_bytes bigint      not null,
    commitment       bytea       not null check (length(commitment) = 32),
    name             text        not null,
    type             text        not null,   -- media type
    bytes            bigint      not null,   -- of the content
    officer          text        not null,
    at               timestamptz not null
);
create index uploaded_file_of_request on uploaded_file (request);

-- Files that came with a released item and were verified: what they are called and of which kind they are. Erased with the item.
create table received_file (
    statement bytea   not null references statement,  -- item-released
    place     integer not null,
    body      bytea   not null check (length(body) = 32),
    name      text    not null,
    type      text    not null,
    bytes     bigint  not null,
    primary key (statement, place)
);
