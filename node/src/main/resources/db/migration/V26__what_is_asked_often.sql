-- Each act asks which joint authorisations there are: answered without reading a log that has grown long.
create index statement_joint on statement (id)
    where kind in ('joint-authorisation', 'joint-authorisation-countersigned');

-- Each act that is prepared forgets the drafts that expired: found without reading those that were said.
create index draft_unsaid on draft (expires_at) where statement is null;
