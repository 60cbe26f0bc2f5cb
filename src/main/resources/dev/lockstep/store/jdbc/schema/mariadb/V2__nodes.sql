-- From version 1 to version 2 of Lockstep's tables, for MariaDB 10.11 and later.
-- May be run again: what is there already stays as it is.
-- Pages of a principal's sessions need no other index: one of InnoDB ends with the primary key.

-- Which Lockstep a node runs, and when it registered. A node of the former version, which may go on running, leaves both null.
ALTER TABLE lockstep_node
    ADD COLUMN IF NOT EXISTS version VARCHAR(255),
    ADD COLUMN IF NOT EXISTS registered_at BIGINT;

INSERT INTO lockstep_schema (version) SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 2);
