-- Documents which prove that a partner's log signed two histories; each is kept once. What was kept as two notes is written in that form.
create table misbehaviour (
    digest   bytea primary key check (length(digest) = 32),
    origin   text        not null,
    document bytea       not null,
    kept_at  timestamptz not null
);
create index misbehaviour_of on misbehaviour (origin);

insert into misbehaviour (digest, origin, document, kept_at)
select sha256(document), origin, document, now()
from (select origin,
             convert_to('{"first":' || to_json(first)::text || ',"format":"entente-misbehaviour/1","path":[],"second":'
                 || to_json(second)::text || '}', 'UTF8') as document
      from split_view) as kept
on conflict do nothing;

drop table split_view;
