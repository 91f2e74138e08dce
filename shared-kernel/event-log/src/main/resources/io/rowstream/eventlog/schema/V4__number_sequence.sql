-- The running number of each auto-number attribute. "next" goes to the record created next, "given"
-- is the highest that ever went to one. Low fillfactor keeps its updates on the page (HOT).
CREATE TABLE log.number_sequence (
    entity_type text   COLLATE "C" NOT NULL,
    attribute   text   COLLATE "C" NOT NULL,
    seed        bigint NOT NULL CHECK (seed >= 0),
    next        bigint NOT NULL,
    given       bigint CHECK (given < next),
    PRIMARY KEY (entity_type, attribute)
) WITH (fillfactor = 10);

-- Takes numbers that follow each other and returns the first. They are gone whatever becomes of the
-- records: gaps are allowed, repeats are not.
CREATE FUNCTION log.take_numbers(
    in_entity_type text,
    in_attribute   text,
    in_seed        bigint,
    in_count       integer
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    after_last bigint;
BEGIN
    -- Whoever waits with a number in hand may outlive a crash of the database and write it after.
    SET LOCAL synchronous_commit = on;
    INSERT INTO log.number_sequence AS s (entity_type, attribute, seed, next, given)
    VALUES (in_entity_type, in_attribute, in_seed, in_seed + in_count, in_seed + in_count - 1)
        ON CONFLICT (entity_type, attribute)
        DO UPDATE SET next = s.next + in_count, given = s.next + in_count - 1
    RETURNING next INTO after_last;
    RETURN after_last - in_count;
END
$$;

REVOKE ALL ON FUNCTION log.take_numbers FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON log.number_sequence TO rowstream_writer;
GRANT EXECUTE ON FUNCTION log.take_numbers TO rowstream_writer;
