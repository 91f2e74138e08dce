-- As the log's roles: whoever migrates may act as the projector.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(7319840);
    BEGIN
        PERFORM set_config('role', 'rowstream_projector', true);
        PERFORM set_config('role', 'none', true);
    EXCEPTION WHEN insufficient_privilege THEN
        EXECUTE format('GRANT rowstream_projector TO %I', session_user);
    END;
END
$$;
