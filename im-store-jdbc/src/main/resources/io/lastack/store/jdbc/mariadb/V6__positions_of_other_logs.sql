-- Positions in conversations whose log is in another store. Rows only where this store keeps some. Of a conversation that is
-- named here alone, lastack_conversation holds the number. IF NOT EXISTS, as in the first script.
CREATE TABLE IF NOT EXISTS lastack_position (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    device VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- whose ack cursor; '' for the user's read cursor
    seq BIGINT NOT NULL,
    reached_at BIGINT NOT NULL,                     -- milliseconds since 1970; 0 for not known
    PRIMARY KEY (conv, usr, device),
    INDEX lastack_position_user (usr)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS lastack_position_device (
    usr BIGINT NOT NULL,
    name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    registered BOOLEAN NOT NULL,                    -- whether it has its first positions
    PRIMARY KEY (usr, name)
) ENGINE = InnoDB;

UPDATE lastack_meta SET val = '6' WHERE name = 'schema_version';
