-- Whom and what the questions of this party are about, by digest, until what they say is erased; so the same question is not asked twice.
create table proceeding_subject (
    opening bytea not null references proceeding,
    subject bytea not null,
    primary key (subject, opening)
);
create index proceeding_subject_opening on proceeding_subject (opening);
