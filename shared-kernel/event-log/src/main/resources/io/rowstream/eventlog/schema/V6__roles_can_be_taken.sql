-- Since PostgreSQL 16 who creates a role may administer it but not act as it. Whoever migrates takes
-- the right to act as both; a superuser has it.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY ['rowstream_writer', 'rowstream_reader'] LOOP
        PERFORM pg_advisory_xact_lock(7319840);
        BEGIN
            PERFORM set_config('role', wanted, true);
            PERFORM set_config('role', 'none', true);
        EXCEPTION WHEN insufficient_privilege THEN
            EXECUTE format('GRANT %I TO %I', wanted, session_user);
        END;
    END LOOP;
END
$$;
