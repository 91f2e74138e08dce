-- The first event of every record, by entity type: whether one of a type is there is asked of those
-- alone. A type's entries come in order, so that a create adds to a page that is in memory.
CREATE INDEX event_first_of_record ON log.event (entity_type, position)
 WHERE version = 0 AND entity_type <> 'rowstream.claim';

-- log.append of V2, and entity types that go: a caller that removes one says up to which positions it
-- has seen that none of its records is there and that no definition refers to it. If something has
-- happened since to one of its records, or to any definition, nothing is written, and the caller is
-- told which type is in use.
DROP FUNCTION log.append;

CREATE FUNCTION log.append(
    in_epoch            uuid,
    in_known_position   bigint,
    in_decided_on       timestamptz,
    in_stream_record    uuid[],
    in_stream_type      text[],
    in_stream_version   bigint[],
    in_all_verified     boolean,
    in_event_record     uuid[],
    in_event_type       text[],
    in_event_version    bigint[],
    in_event_remaining  integer[],
    in_event_payload    bytea[],
    in_outcome_command  text[],
    in_outcome_digest   bytea[],
    in_outcome          bytea[],
    in_outcome_last     integer[],
    in_link_record      uuid[]    DEFAULT NULL,
    in_link_type        text[]    DEFAULT NULL,
    in_link_lookup      text[]    DEFAULT NULL,
    in_link_target      uuid[]    DEFAULT NULL,
    in_link_target_type text[]    DEFAULT NULL,
    in_link_event       integer[] DEFAULT NULL,
    in_alone_record     uuid[]    DEFAULT NULL,
    in_alone_type       text[]    DEFAULT NULL,
    in_alone_since      bigint[]  DEFAULT NULL,
    in_removed_type     text[]    DEFAULT NULL,
    in_removed_records_at     bigint[] DEFAULT NULL,
    in_removed_definitions_at bigint[] DEFAULT NULL,
    OUT head_before     bigint,
    OUT committed_on    timestamptz,
    OUT stale_stream    integer[],
    OUT stale_version   bigint[],
    OUT repeated        text[],
    OUT repeated_digest bytea[],
    OUT repeated_outcome bytea[],
    OUT repeated_position bigint[],
    OUT referred        integer[],
    OUT in_use          integer[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    events     integer := cardinality(in_event_version);
    outcomes   integer := cardinality(in_outcome_command);
    writes     boolean := events > 0 OR outcomes > 0;
    advanced   boolean := false;
    head_epoch uuid;
    was_on     timestamptz;
BEGIN
    -- The usual batch of a writer that is alone: lock, check and advance in one statement.
    IF in_all_verified AND events > 0 AND outcomes = 0 THEN
        UPDATE log.head AS h
           SET position = in_known_position + events, committed_on = greatest(h.committed_on, in_decided_on)
         WHERE h.position = in_known_position AND h.epoch = in_epoch
     RETURNING h.position - events, h.committed_on INTO head_before, append.committed_on;
        advanced := FOUND;
    END IF;

    IF NOT advanced THEN
        IF writes THEN
            SELECT h.epoch, h.position, h.committed_on INTO head_epoch, head_before, was_on
              FROM log.head h FOR NO KEY UPDATE;
        ELSE
            SELECT h.epoch, h.position, h.committed_on INTO head_epoch, head_before, was_on FROM log.head h;
        END IF;
        IF head_epoch <> in_epoch THEN
            RAISE EXCEPTION 'the log has another epoch: % instead of %', head_epoch, in_epoch
                USING ERRCODE = 'RS001';
        END IF;
        append.committed_on := greatest(was_on, in_decided_on);
        IF in_all_verified AND head_before <> in_known_position THEN
            RETURN;
        END IF;

        IF outcomes > 0 THEN
            SELECT array_agg(o.command_id), array_agg(o.digest), array_agg(o.outcome), array_agg(o.position)
              INTO repeated, repeated_digest, repeated_outcome, repeated_position
              FROM log.command_outcome o
             WHERE o.command_id = ANY (in_outcome_command);
        END IF;

        IF NOT in_all_verified THEN
            SELECT array_agg(believed.ordinal::integer), array_agg(coalesce(actual.version, -1))
              INTO stale_stream, stale_version
              FROM unnest(in_stream_record, in_stream_type, in_stream_version)
                   WITH ORDINALITY AS believed (record_id, entity_type, version, ordinal)
              LEFT JOIN LATERAL (
                   SELECT e.version
                     FROM log.event e
                    WHERE e.record_id = believed.record_id AND e.entity_type = believed.entity_type
                    ORDER BY e.version DESC
                    LIMIT 1) actual ON true
             WHERE coalesce(actual.version, -1) <> believed.version;
        END IF;

        IF in_alone_record IS NOT NULL THEN
            SELECT array_agg(ended.ordinal::integer) INTO referred
              FROM unnest(in_alone_record, in_alone_type, in_alone_since)
                   WITH ORDINALITY AS ended (id, entity_type, since, ordinal)
             WHERE EXISTS (
                   SELECT
                     FROM log.link l
                    WHERE l.target_id = ended.id AND l.target_type = ended.entity_type
                      AND l.position > ended.since);
        END IF;

        IF in_removed_type IS NOT NULL THEN
            SELECT array_agg(removed.ordinal::integer) INTO in_use
              FROM unnest(in_removed_type, in_removed_records_at, in_removed_definitions_at)
                   WITH ORDINALITY AS removed (entity_type, records_at, definitions_at, ordinal)
             WHERE EXISTS (
                   SELECT
                     FROM log.event e
                    WHERE e.position > removed.records_at AND e.entity_type = removed.entity_type)
                OR EXISTS (
                   SELECT
                     FROM log.event e
                    WHERE e.position > removed.definitions_at AND e.entity_type = 'entitytype');
        END IF;

        IF NOT writes OR stale_stream IS NOT NULL OR repeated IS NOT NULL OR referred IS NOT NULL
           OR in_use IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;

    IF events > 0 THEN
        INSERT INTO log.event (position, record_id, entity_type, version, remaining, committed_on, payload)
        SELECT head_before + e.ordinal, e.record_id, e.entity_type, e.version, e.remaining,
               append.committed_on, e.payload
          FROM unnest(in_event_record, in_event_type, in_event_version, in_event_remaining, in_event_payload)
               WITH ORDINALITY AS e (record_id, entity_type, version, remaining, payload, ordinal);
        IF NOT advanced THEN
            UPDATE log.head AS h
               SET position = head_before + events, committed_on = append.committed_on;
        END IF;
        PERFORM pg_notify('rowstream', (head_before + events)::text);
    END IF;

    IF in_link_record IS NOT NULL THEN
        DELETE FROM log.link l
         USING unnest(in_link_record, in_link_type, in_link_lookup) AS c (record_id, entity_type, lookup)
         WHERE l.record_id = c.record_id AND l.entity_type = c.entity_type AND l.lookup = c.lookup;
        INSERT INTO log.link (record_id, entity_type, lookup, target_id, target_type, position)
        SELECT c.record_id, c.entity_type, c.lookup, c.target_id, c.target_type, head_before + c.event
          FROM unnest(in_link_record, in_link_type, in_link_lookup, in_link_target,
                      in_link_target_type, in_link_event)
               AS c (record_id, entity_type, lookup, target_id, target_type, event)
         WHERE c.target_id IS NOT NULL;
    END IF;

    IF outcomes > 0 THEN
        INSERT INTO log.command_outcome (command_id, digest, outcome, position, decided_on)
        SELECT o.command_id, o.digest, o.outcome, head_before + o.last, append.committed_on
          FROM unnest(in_outcome_command, in_outcome_digest, in_outcome, in_outcome_last)
               AS o (command_id, digest, outcome, last);
    END IF;
END
$$;

REVOKE ALL ON FUNCTION log.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append TO rowstream_writer;
