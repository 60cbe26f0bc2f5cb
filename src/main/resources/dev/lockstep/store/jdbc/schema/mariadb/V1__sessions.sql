-- Sessions, the revocation log and the nodes of Lockstep, for MariaDB 10.11 and later.
-- Instants are milliseconds since 1970-01-01T00:00Z by the database's clock; durations are milliseconds.
-- May be run again: what is there already stays as it is.
-- Texts are compared to the letter, trailing spaces included. Indexes begin with the column that tells most: while the
-- statistics of a table are old, the optimizer thinks as well of an index on the application alone. Keys have up to 2,044
-- bytes, which takes rows that are DYNAMIC and pages of 16 kB.

-- A session lives while the clock has not reached valid_until, the lesser of expires_at and last_seen_at + idle_timeout.
-- groups is a JSON array of strings, attributes a JSON object of strings; null where empty.
CREATE TABLE IF NOT EXISTS lockstep_session (
    application  VARCHAR(255) NOT NULL,
    id           VARCHAR(128) NOT NULL,
    digest       BINARY(32)   NOT NULL,
    principal    VARCHAR(255) NOT NULL,
    groups       LONGTEXT,
    attributes   LONGTEXT,
    created_at   BIGINT       NOT NULL,
    last_seen_at BIGINT       NOT NULL,
    expires_at   BIGINT       NOT NULL,
    idle_timeout BIGINT       NOT NULL,
    valid_until  BIGINT       NOT NULL,
    PRIMARY KEY (id, application),
    CONSTRAINT lockstep_session_digest UNIQUE (digest, application)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX IF NOT EXISTS lockstep_session_principal ON lockstep_session (principal, application);
CREATE INDEX IF NOT EXISTS lockstep_session_valid_until ON lockstep_session (valid_until, application);

-- One row for each application. Every transaction that touches several of these tables locks it first.
-- position: the newest given out; log rows at or below floor are trimmed; epoch names this history of positions.
CREATE TABLE IF NOT EXISTS lockstep_log_clock (
    application  VARCHAR(255) NOT NULL,
    epoch        UUID         NOT NULL,
    position     BIGINT       NOT NULL,
    floor        BIGINT       NOT NULL,
    PRIMARY KEY (application)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

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
    PRIMARY KEY (application, position)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE INDEX IF NOT EXISTS lockstep_revocation_digest ON lockstep_revocation (digest, application);
CREATE INDEX IF NOT EXISTS lockstep_revocation_session ON lockstep_revocation (session_id, application);
CREATE INDEX IF NOT EXISTS lockstep_revocation_principal ON lockstep_revocation (principal, application);

-- The nodes that may be trusting copies: for how long at a time, and how far each has applied the log.
CREATE TABLE IF NOT EXISTS lockstep_node (
    application   VARCHAR(255) NOT NULL,
    id            VARCHAR(128) NOT NULL,
    name          VARCHAR(255) NOT NULL,
    lease_millis  BIGINT       NOT NULL,
    applied       BIGINT       NOT NULL,
    applied_epoch BIGINT       NOT NULL,
    fenced        BOOLEAN      NOT NULL,
    PRIMARY KEY (application, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- One row for each application: whoever holds its lock deletes expired sessions.
CREATE TABLE IF NOT EXISTS lockstep_housekeeping (
    application  VARCHAR(255) NOT NULL,
    PRIMARY KEY (application)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- One row, which a restart of the server empties, and a node fills again: it is part of the epoch. A server answers with
-- what a transaction has committed before that is on disk, so after a crash nodes may have seen what is gone.
CREATE TABLE IF NOT EXISTS lockstep_server_start (
    id           INTEGER      NOT NULL,
    token        CHAR(36)     NOT NULL,
    PRIMARY KEY (id)
) ENGINE = MEMORY CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Which of these files have been run.
CREATE TABLE IF NOT EXISTS lockstep_schema (
    version      INTEGER      NOT NULL,
    PRIMARY KEY (version)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO lockstep_schema (version) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM lockstep_schema WHERE version = 1);
