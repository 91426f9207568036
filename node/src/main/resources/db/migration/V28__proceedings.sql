-- Proceedings under forms, of both directions. What each has come to is folded from the statements; here stands what lists are made of.
create table proceeding (
    opening   bytea primary key references statement,  -- proceeding-opened
    own       boolean     not null,                    -- whether an authority of this party opened it
    authority text        not null,                    -- of this party
    partner   text        not null,                    -- the authority on the other side
    form      text        not null,
    version   integer     not null check (version > 0),
    opened_at timestamptz not null,                    -- when it was logged here
    phase     text,                                    -- null: of a form that is not known here
    owed_by   text check (owed_by in ('us', 'them')),  -- null: nobody owes anything
    due       timestamptz,                             -- when the first of the terms that run ends
    missed    integer     not null default 0           -- terms that had passed when the thing was done
);
create index proceeding_owed on proceeding (authority, owed_by, coalesce(due, 'infinity'), opening) where owed_by is not null;
create index proceeding_newest on proceeding (authority, opened_at desc, opening);

-- What of ours alone belongs to a proceeding that we opened.
create table proceeding_case (
    opening   bytea primary key references proceeding,
    authority text not null,
    case_file text not null,
    foreign key (authority, case_file) references case_file (authority, reference)
);

-- What was filled in and travels sealed, of both directions, until its body is erased.
create table proceeding_values (
    statement bytea primary key references statement,
    content   text not null
);
