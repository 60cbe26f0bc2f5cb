-- From version 1 to version 2 of Lockstep's tables, for H2 2.2 and later.
-- May be run again: what is there already stays as it is.

-- Pages of a principal's sessions follow this index.
CREATE INDEX IF NOT EXISTS lockstep_session_principal_next ON lockstep_session (application, principal, id);
DROP INDEX IF EXISTS lockstep_session_principal;
ALTER INDEX IF EXISTS lockstep_session_principal_next RENAME TO lockstep_session_principal;

-- Which Lockstep a node runs, and when it registered. A node of the former version, which may go on running, leaves both null.
ALTER TABLE lockstep_node ADD COLUMN IF NOT EXISTS version VARCHAR(255);
ALTER TABLE lockstep_node ADD COLUMN IF NOT EXISTS registered_at BIGINT;

INSERT INTO lockstep_schema (version) SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 2);
