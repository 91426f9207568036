-- What of an item decides how it is found and whether it may be indexed. A list that is loaded again brings other rows, another file and another day for
-- every entry; that alone changes nothing, so that a day's changes of an index cost what the day brought. The day counts where a joint authorisation has to
-- cover it, and where the label of an index entry shows it because the entry has no date of its own.
create function decisive(document jsonb, first_seen date) returns jsonb
    immutable parallel safe language sql
    return jsonb_build_array(
        first_seen is not null,
        document #- '{row}' #- '{envelope,provenance,source}'
            #- case when document #> '{envelope,provenance,jointAuthorisation}' is null
                        and (first_seen is not null or document #> '{envelope,listStatus}' is not null)
                    then array['envelope', 'provenance', 'obtainedAt'] else array[]::text[] end);
