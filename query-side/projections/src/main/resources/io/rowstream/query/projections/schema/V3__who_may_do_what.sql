-- The projector reads the log like any reader and writes nothing but views. Roles belong to the
-- whole server; another database may be creating the same one right now.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rowstream_projector') THEN
        BEGIN
            CREATE ROLE rowstream_projector NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    FOR attempt IN 1 .. 10 LOOP
        BEGIN
            IF NOT pg_has_role('rowstream_projector', 'rowstream_reader', 'MEMBER') THEN
                GRANT rowstream_reader TO rowstream_projector;
            END IF;
            IF NOT pg_has_role(current_user, 'rowstream_projector', 'MEMBER') THEN
                GRANT rowstream_projector TO current_user;
            END IF;
            EXIT;
        EXCEPTION WHEN unique_violation OR internal_error THEN
            IF attempt = 10 THEN
                RAISE;
            END IF;
        END;
    END LOOP;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA view FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA view FROM PUBLIC;
GRANT USAGE ON SCHEMA view TO rowstream_projector, rowstream_reader;

GRANT SELECT ON view.projection, view.record, view.link TO rowstream_reader;
GRANT SELECT, UPDATE (position, epoch) ON view.projection TO rowstream_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON view.record, view.link TO rowstream_projector;
GRANT EXECUTE ON FUNCTION view.project_records, view.forget_records TO rowstream_projector;
