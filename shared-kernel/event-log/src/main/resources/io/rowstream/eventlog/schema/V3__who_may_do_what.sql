-- The command side appends, the query side reads, nobody changes or removes what is in the log.
-- Roles belong to the whole server; another database may be creating the same ones right now.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY ['rowstream_writer', 'rowstream_reader'] LOOP
        PERFORM pg_advisory_xact_lock(7319840);
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO current_user', wanted);
        END IF;
    END LOOP;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA log FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT USAGE ON SCHEMA log TO rowstream_writer, rowstream_reader;

GRANT SELECT, INSERT ON log.event TO rowstream_writer;
GRANT SELECT, UPDATE (position, committed_on) ON log.head TO rowstream_writer;
GRANT SELECT, INSERT, DELETE ON log.command_outcome TO rowstream_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON log.snapshot TO rowstream_writer;
GRANT SELECT, INSERT, DELETE ON log.link TO rowstream_writer;
GRANT EXECUTE ON FUNCTION log.append TO rowstream_writer;

GRANT SELECT ON log.event, log.head, log.cursor_key, log.readable TO rowstream_reader;
