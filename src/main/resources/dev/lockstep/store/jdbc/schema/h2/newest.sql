-- Sessions, the revocation log and the nodes of Lockstep, for H2 2.2 and later: what all the numbered files together make.
-- For a database that has none of these tables: to alter them takes an administrator of H2, to make them does not.
-- Instants are milliseconds since 1970-01-01T00:00Z by the database's clock; durations are milliseconds.
-- May be run again: what is there already stays as it is.

-- A session lives while the clock has not reached valid_until, the lesser of expires_at and last_seen_at + idle_timeout.
-- groups is a JSON array of strings, attributes a JSON object of strings; null where empty.
CREATE TABLE IF NOT EXISTS lockstep_session (
    application  VARCHAR(255) NOT NULL,
    id           VARCHAR(128) NOT NULL,
    digest       BINARY(32)   NOT NULL,
    principal    VARCHAR(255) NOT NULL,
    groups       VARCHAR,
    attributes   VARCHAR,
    created_at   BIGINT       NOT NULL,
    last_seen_at BIGINT       NOT NULL,
    expires_at   BIGINT       NOT NULL,
    idle_timeout BIGINT       NOT NULL,
    valid_until  BIGINT       NOT NULL,
    CONSTRAINT lockstep_session_pk PRIMARY KEY (application, id),
    CONSTRAINT lockstep_session_digest UNIQUE (application, digest)
);

CREATE INDEX IF NOT EXISTS lockstep_session_principal ON lockstep_session (application, principal, id);
CREATE INDEX IF NOT EXISTS lockstep_session_valid_until ON lockstep_session (application, valid_until);

-- One row for each application. Every transaction that touches several of these tables locks it first.
-- position: the newest given out; log rows at or below floor are trimmed; epoch names this history of positions.
-- key_version: the version of the key in force. Where it is null or 0, the next node that looks makes a new one.
CREATE TABLE IF NOT EXISTS lockstep_log_clock (
    application  VARCHAR(255) NOT NULL,
    epoch        UUID         NOT NULL,
    position     BIGINT       NOT NULL,
    floor        BIGINT       NOT NULL,
    key_version  BIGINT,
    CONSTRAINT lockstep_log_clock_pk PRIMARY KEY (application)
);

-- One row for each digest that no longer opens a session (cause: REVOKED, ROTATED or TOKEN_GONE), and for what makes older
-- copies worth nothing where no session was found (SESSION_GONE, PRINCIPAL_GONE, COPIES_VOID).
CREATE TABLE IF NOT EXISTS lockstep_revocation (
    application  VARCHAR(255) NOT NULL,
    position     BIGINT       NOT NULL,
    digest       BINARY(32)   NOT NULL,
    session_id   VARCHAR(128) NOT NULL,
    principal    VARCHAR(255) NOT NULL,
    cause        VARCHAR(16)  NOT NULL,
    revoked_at   BIGINT       NOT NULL,
    CONSTRAINT lockstep_revocation_pk PRIMARY KEY (application, position)
);

CREATE INDEX IF NOT EXISTS lockstep_revocation_digest ON lockstep_revocation (application, digest);
CREATE INDEX IF NOT EXISTS lockstep_revocation_session ON lockstep_revocation (application, session_id);
CREATE INDEX IF NOT EXISTS lockstep_revocation_principal ON lockstep_revocation (application, principal);

-- The nodes that may be trusting copies: for how long at a time, and how far each has applied the log; which Lockstep a node
-- runs, and when it registered.
CREATE TABLE IF NOT EXISTS lockstep_node (
    application   VARCHAR(255) NOT NULL,
    id            VARCHAR(128) NOT NULL,
    name          VARCHAR(255) NOT NULL,
    lease_millis  BIGINT       NOT NULL,
    applied       BIGINT       NOT NULL,
    applied_epoch BIGINT       NOT NULL,
    fenced        BOOLEAN      NOT NULL,
    version       VARCHAR(255),
    registered_at BIGINT,
    CONSTRAINT lockstep_node_pk PRIMARY KEY (application, id)
);

-- The application's key, in versions. A version is a number drawn at random, which names one secret for ever: a version that a
-- backup or a failover has lost is not taken for the one that follows it. created_at: 0 if the application had no session before.
-- leaked: somebody else may know the secret, which only recognises tokens from then on.
CREATE TABLE IF NOT EXISTS lockstep_key (
    application  VARCHAR(255) NOT NULL,
    version      BIGINT       NOT NULL,
    secret       BINARY(32)   NOT NULL,
    created_at   BIGINT       NOT NULL,
    leaked       BOOLEAN      NOT NULL,
    CONSTRAINT lockstep_key_pk PRIMARY KEY (application, version)
);

-- One row for each application: whoever holds its lock deletes expired sessions.
CREATE TABLE IF NOT EXISTS lockstep_housekeeping (
    application  VARCHAR(255) NOT NULL,
    CONSTRAINT lockstep_housekeeping_pk PRIMARY KEY (application)
);

-- Which of these files have been run.
CREATE TABLE IF NOT EXISTS lockstep_schema (
    version      INTEGER      NOT NULL,
    CONSTRAINT lockstep_schema_pk PRIMARY KEY (version)
);

INSERT INTO lockstep_schema (version) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 1);
-- Unless tables were there that lack what the second file adds.
INSERT INTO lockstep_schema (version) SELECT 2
WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 2)
AND EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = CURRENT_SCHEMA
AND LOWER(TABLE_NAME) = 'lockstep_node' AND LOWER(COLUMN_NAME) = 'registered_at');
-- Likewise of the third file.
INSERT INTO lockstep_schema (version) SELECT 3
WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 3)
AND EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 2)
AND EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = CURRENT_SCHEMA
AND LOWER(TABLE_NAME) = 'lockstep_log_clock' AND LOWER(COLUMN_NAME) = 'key_version');
