-- From version 2 to version 3 of Lockstep's tables, for H2 2.2 and later.
-- May be run again: what is there already stays as it is.

-- The application's key, in versions. A version is a number drawn at random, which names one secret for ever: a version that a
-- backup or a failover has lost is not taken for the one that follows it. created_at: milliseconds since 1970-01-01T00:00Z;
-- 0 if the application had no session before. leaked: somebody else may know the secret, which only recognises tokens from then on.
CREATE TABLE IF NOT EXISTS lockstep_key (
    application  VARCHAR(255) NOT NULL,
    version      BIGINT       NOT NULL,
    secret       BINARY(32)   NOT NULL,
    created_at   BIGINT       NOT NULL,
    leaked       BOOLEAN      NOT NULL,
    CONSTRAINT lockstep_key_pk PRIMARY KEY (application, version)
);

-- The version in force. Where it is null, the next node that looks makes a new one; 0 likewise, where a node that knows of keys
-- has made the row and no key was made yet. Nodes of the former version leave it alone, and make rows in which it is null.
ALTER TABLE lockstep_log_clock ADD COLUMN IF NOT EXISTS key_version BIGINT;

INSERT INTO lockstep_schema (version) SELECT 3 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 3);
