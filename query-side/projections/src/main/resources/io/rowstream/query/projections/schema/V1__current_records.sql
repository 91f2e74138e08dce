-- How far each read model has come. Low fillfactor keeps its updates on the page (HOT).
CREATE TABLE view.projection (
    name     text   COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL CHECK (position >= 0),
    epoch    uuid   NOT NULL
) WITH (fillfactor = 10);

INSERT INTO view.projection (name, position, epoch) SELECT 'current', 0, epoch FROM log.head;

-- Every record as it is at the projection's position. What was deleted stays as a row without
-- attributes: a snapshot of an earlier position still has to find it. No column but the key is
-- indexed, so that an update stays on its page.
--
-- An attribute that lists of one entity type are often filtered by can be given an index:
--   CREATE INDEX CONCURRENTLY ON view.record (lower(attributes ->> 'emailaddress1'))
--    WHERE entity_type = 'contact' AND NOT deleted;
-- with the expression that the list's query has for an attribute of that type.
CREATE TABLE view.record (
    entity_type text        COLLATE "C" NOT NULL,
    id          uuid        NOT NULL,
    version     bigint      NOT NULL,
    position    bigint      NOT NULL,
    deleted     boolean     NOT NULL,
    attributes  jsonb       NOT NULL,
    created_on  timestamptz NOT NULL,
    created_by  uuid        NOT NULL,
    modified_on timestamptz NOT NULL,
    modified_by uuid        NOT NULL,
    PRIMARY KEY (entity_type, id)
) WITH (fillfactor = 70);

-- Where the lookups of records that are there refer to: found from both ends.
CREATE TABLE view.link (
    entity_type text COLLATE "C" NOT NULL,
    id          uuid NOT NULL,
    lookup      text COLLATE "C" NOT NULL,
    target_type text COLLATE "C" NOT NULL,
    target_id   uuid NOT NULL,
    PRIMARY KEY (entity_type, id, lookup)
);

CREATE INDEX link_target ON view.link (target_id, entity_type, lookup, id);
