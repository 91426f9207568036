-- After a log was restored from an older copy, orders of courts that were entered since may be lost: nothing of that relationship
-- is erased until a person has looked after them and says so here.
create table hold_review (
    sequence bigint generated always as identity primary key,
    officer  text        not null,
    at       timestamptz not null,
    reason   text        not null
);
