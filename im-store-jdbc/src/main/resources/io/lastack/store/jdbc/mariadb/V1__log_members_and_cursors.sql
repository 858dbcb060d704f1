-- LastAck's tables on MariaDB and MySQL. Every name begins with lastack_, so that they can share a schema with the host's
-- own. Names are ASCII and compare byte by byte. IF NOT EXISTS, since a definition cannot be rolled back here: a script
-- that was cut off can be run again.

-- The long names of users and conversations are kept once; everything else refers to their numbers.
CREATE TABLE IF NOT EXISTS lastack_user (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE
) ENGINE = InnoDB;

-- A row with last_seq 0 only reserves the number: the conversation exists from its first message on.
-- Seqs are given under the lock of this row.
CREATE TABLE IF NOT EXISTS lastack_conversation (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(136) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    title VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT '' NOT NULL,
    history INTEGER DEFAULT 1 NOT NULL,             -- what new members see: 0 from their joining on, 1 everything
    last_seq BIGINT DEFAULT 0 NOT NULL,
    trimmed_through BIGINT DEFAULT 0 NOT NULL,      -- messages up to this seq were deleted
    members INTEGER DEFAULT 0 NOT NULL,             -- how many current ones
    dissolved BOOLEAN DEFAULT FALSE NOT NULL
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS lastack_message (
    conv BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    client_id VARBINARY(193) NOT NULL,
    sent_at BIGINT NOT NULL,                        -- milliseconds since 1970
    kind TINYINT NOT NULL,                          -- 0 message, 1 notification; 2 and above do not count as unread
    shape TINYINT NOT NULL,                         -- 2 * type, plus 1 if the body is bytes and not UTF-8 text
    body MEDIUMBLOB NOT NULL,
    extra MEDIUMBLOB,                               -- rare fields; null for a plain message
    PRIMARY KEY (conv, seq),
    CONSTRAINT lastack_message_once UNIQUE (conv, sender, client_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- Rows stay when a member leaves: last_seq then is the last message that the member may see.
CREATE TABLE IF NOT EXISTS lastack_member (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    role TINYINT NOT NULL,                          -- 0 owner, 1 admin, 2 member
    joined_seq BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT DEFAULT 9223372036854775807 NOT NULL,
    last_read BIGINT DEFAULT 0 NOT NULL,
    read_at BIGINT DEFAULT 0 NOT NULL,
    PRIMARY KEY (conv, usr),
    INDEX lastack_member_user (usr, conv)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS lastack_device (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    usr BIGINT NOT NULL,
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    registered BOOLEAN DEFAULT FALSE NOT NULL,
    CONSTRAINT lastack_device_once UNIQUE (usr, name)
) ENGINE = InnoDB;

-- A missing row stands for the seq before the first that the member may see.
CREATE TABLE IF NOT EXISTS lastack_cursor (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    device BIGINT NOT NULL,
    last_ack BIGINT NOT NULL,
    PRIMARY KEY (conv, usr, device)
) ENGINE = InnoDB;

-- Facts about the stored data as a whole: schema_version, and the epoch (put there by the store). Last, so that the
-- version is not there before the tables are.
CREATE TABLE IF NOT EXISTS lastack_meta (
    name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    val VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE = InnoDB;
INSERT IGNORE INTO lastack_meta (name, val) VALUES ('schema_version', '1');
