-- Brings the records from one position to a later one, all of it or nothing, in one round trip.
--
-- Several nodes may try the same step: the first takes the projection's row, the others wait for it
-- and find that the position is no longer theirs. Rows that are further already stay as they are, so
-- the same events can come again.
--
-- "whole" rows hold exactly the given attributes afterwards; for the others the given ones are
-- laid over what is there, and a null takes one away. created_on is given where the record was
-- created on the way. Links name their row by its number; those of a whole row are all it has.
CREATE FUNCTION view.project_records(
    in_epoch       uuid,
    in_from        bigint,
    in_to          bigint,
    in_entity_type text[],
    in_id          uuid[],
    in_version     bigint[],
    in_position    bigint[],
    in_deleted     boolean[],
    in_whole       boolean[],
    in_attributes  text[],
    in_created_on  timestamptz[],
    in_created_by  uuid[],
    in_modified_on timestamptz[],
    in_modified_by uuid[],
    in_link_row    integer[],
    in_link_lookup text[],
    in_link_target_type text[],
    in_link_target_id   uuid[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    merged bigint;
BEGIN
    UPDATE view.projection
       SET position = in_to
     WHERE name = 'current' AND position = in_from AND epoch = in_epoch;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    MERGE INTO view.record AS r
    USING (SELECT u.entity_type, u.id, u.version, u.position, u.deleted, u.whole,
                  u.attributes::jsonb AS attributes, u.created_on, u.created_by, u.modified_on, u.modified_by
             FROM unnest(in_entity_type, in_id, in_version, in_position, in_deleted, in_whole,
                         in_attributes, in_created_on, in_created_by, in_modified_on, in_modified_by)
                  AS u (entity_type, id, version, position, deleted, whole,
                        attributes, created_on, created_by, modified_on, modified_by)) AS c
       ON r.entity_type = c.entity_type AND r.id = c.id
     WHEN MATCHED AND r.version < c.version THEN UPDATE
      SET version     = c.version,
          position    = c.position,
          deleted     = c.deleted,
          attributes  = CASE WHEN c.whole THEN c.attributes
                             ELSE jsonb_strip_nulls(r.attributes || c.attributes) END,
          created_on  = coalesce(c.created_on, r.created_on),
          created_by  = coalesce(c.created_by, r.created_by),
          modified_on = c.modified_on,
          modified_by = c.modified_by
     WHEN NOT MATCHED AND c.whole AND c.created_on IS NOT NULL THEN INSERT
          (entity_type, id, version, position, deleted, attributes,
           created_on, created_by, modified_on, modified_by)
   VALUES (c.entity_type, c.id, c.version, c.position, c.deleted, c.attributes,
           c.created_on, c.created_by, c.modified_on, c.modified_by);
    GET DIAGNOSTICS merged = ROW_COUNT;

    IF merged < cardinality(in_id)
       AND EXISTS (SELECT
                     FROM unnest(in_entity_type, in_id, in_version) AS c (entity_type, id, version)
                    WHERE NOT EXISTS (SELECT
                                        FROM view.record r
                                       WHERE r.entity_type = c.entity_type
                                         AND r.id = c.id
                                         AND r.version >= c.version)) THEN
        RAISE EXCEPTION 'view.record lacks rows that the events after position % change', in_from
            USING ERRCODE = 'RS002';
    END IF;

    IF cardinality(in_link_row) = 0 AND NOT true = ANY (in_whole) THEN
        RETURN true;
    END IF;

    DELETE FROM view.link l
     USING unnest(in_entity_type, in_id, in_version, in_whole)
           WITH ORDINALITY AS c (entity_type, id, version, whole, ordinal)
     WHERE l.entity_type = c.entity_type AND l.id = c.id
       AND (c.whole
            OR EXISTS (SELECT
                         FROM unnest(in_link_row, in_link_lookup, in_link_target_id) AS k (ordinal, lookup, target_id)
                        WHERE k.ordinal = c.ordinal AND k.lookup = l.lookup AND k.target_id IS NULL))
       AND EXISTS (SELECT
                     FROM view.record r
                    WHERE r.entity_type = c.entity_type AND r.id = c.id AND r.version = c.version);

    INSERT INTO view.link AS l (entity_type, id, lookup, target_type, target_id)
    SELECT r.entity_type, r.id, k.lookup, k.target_type, k.target_id
      FROM unnest(in_link_row, in_link_lookup, in_link_target_type, in_link_target_id)
           AS k (ordinal, lookup, target_type, target_id)
      JOIN view.record r
        ON r.entity_type = in_entity_type[k.ordinal]
       AND r.id = in_id[k.ordinal]
       AND r.version = in_version[k.ordinal]
     WHERE k.target_id IS NOT NULL
        ON CONFLICT (entity_type, id, lookup) DO UPDATE
       SET target_type = excluded.target_type, target_id = excluded.target_id;
    RETURN true;
END
$$;

-- Throws the records away, to be made again from the first event, unless another node was faster.
CREATE FUNCTION view.forget_records(in_epoch uuid, in_from bigint, in_from_epoch uuid)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE view.projection
       SET position = 0, epoch = in_epoch
     WHERE name = 'current' AND position = in_from AND epoch = in_from_epoch;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM view.record;
    DELETE FROM view.link;
    RETURN true;
END
$$;
