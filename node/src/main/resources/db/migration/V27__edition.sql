-- What is read with each statement and changes seldom: parties, their cards and keys taken back, stops of links, officers, texts and
-- declarations, joint authorisations, names of logs. Each change names a new edition of all of it, by a name that nothing ever had, not
-- even in a copy or in a transaction that was undone: whoever knows what stood in an edition need not read it again.
create table edition (
    one  boolean primary key default true check (one),
    name uuid not null
);
insert into edition (name) values (gen_random_uuid());

create function new_edition() returns trigger language plpgsql as $$
begin
    update edition set name = gen_random_uuid();
    return null;
end $$;

create trigger edition after insert or update or delete or truncate on party for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on party_card for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on key_revocation for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on link_stop for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on officer for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on memorandum for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on memorandum_event for each statement execute function new_edition();
create trigger edition after insert or update or delete or truncate on reopening for each statement execute function new_edition();
create trigger edition after insert or delete or truncate or update of closed_at on log for each statement execute function new_edition();
create trigger edition_joint after insert on statement for each row
    when (new.kind in ('joint-authorisation', 'joint-authorisation-countersigned')) execute function new_edition();
