-- One row, locked until commit by every append: position order is commit order is the order in
-- which events become visible. Low fillfactor keeps its updates on the page (HOT).
CREATE TABLE log.head (
    the_only     boolean     PRIMARY KEY DEFAULT true CHECK (the_only),
    epoch        uuid        NOT NULL,
    position     bigint      NOT NULL CHECK (position >= 0),
    committed_on timestamptz NOT NULL
) WITH (fillfactor = 10);

INSERT INTO log.head (epoch, position, committed_on) VALUES (gen_random_uuid(), 0, to_timestamp(0));

-- Positions and versions are dense. "remaining" counts the events of the same command or change
-- set that follow; a unit ends where it is 0.
CREATE TABLE log.event (
    position     bigint      PRIMARY KEY,
    record_id    uuid        NOT NULL,
    entity_type  text        COLLATE "C" NOT NULL,
    version      bigint      NOT NULL CHECK (version >= 0),
    remaining    integer     NOT NULL CHECK (remaining >= 0),
    committed_on timestamptz NOT NULL,
    payload      bytea       NOT NULL,
    CONSTRAINT event_version_once UNIQUE (record_id, entity_type, version)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE INDEX event_entity_type_definitions ON log.event (position) WHERE entity_type = 'entitytype';

-- First outcomes of commands their senders may repeat, refusals included.
CREATE TABLE log.command_outcome (
    command_id text        COLLATE "C" PRIMARY KEY,
    digest     bytea       NOT NULL,
    outcome    bytea       NOT NULL,
    position   bigint      NOT NULL,
    decided_on timestamptz NOT NULL
);

CREATE INDEX command_outcome_age ON log.command_outcome (decided_on);

-- Who refers to whom now, and since which position: what a delete has to know.
CREATE TABLE log.link (
    record_id   uuid   NOT NULL,
    entity_type text   COLLATE "C" NOT NULL,
    lookup      text   COLLATE "C" NOT NULL,
    target_id   uuid   NOT NULL,
    target_type text   COLLATE "C" NOT NULL,
    position    bigint NOT NULL,
    PRIMARY KEY (record_id, entity_type, lookup)
);

CREATE INDEX link_target ON log.link (target_id, target_type, position);

-- What a record was at a version: a shortcut when it is loaded, never the truth.
CREATE TABLE log.snapshot (
    record_id   uuid   NOT NULL,
    entity_type text   COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    state       bytea  NOT NULL,
    PRIMARY KEY (record_id, entity_type)
);

-- Signs cursors, so that a client can carry one but not make one.
CREATE TABLE log.cursor_key (
    the_only boolean PRIMARY KEY DEFAULT true CHECK (the_only),
    secret   bytea   NOT NULL
);

INSERT INTO log.cursor_key (secret)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- For people: the log as they want to read it.
CREATE VIEW log.readable AS
SELECT position, entity_type, record_id, version, remaining, committed_on,
       convert_from(payload, 'UTF8')::jsonb AS payload
  FROM log.event;
