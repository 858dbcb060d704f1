-- Positions in conversations whose log is in another store. Rows only where this store keeps some. Of a conversation that is
-- named here alone, lastack_conversation holds the number. Room in each page, and no index on what moves, so that the new
-- version of a row stays in its page.
CREATE TABLE lastack_position (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    reached_at BIGINT NOT NULL,                     -- milliseconds since 1970; 0 for not known
    device VARCHAR(64) COLLATE "C" NOT NULL,        -- whose ack cursor; '' for the user's read cursor
    PRIMARY KEY (conv, usr, device)
) WITH (fillfactor = 80);
CREATE INDEX lastack_position_user ON lastack_position (usr);

CREATE TABLE lastack_position_device (
    usr BIGINT NOT NULL,
    name VARCHAR(64) COLLATE "C" NOT NULL,
    registered BOOLEAN NOT NULL,                    -- whether it has its first positions
    PRIMARY KEY (usr, name)
);

UPDATE lastack_meta SET val = '6' WHERE name = 'schema_version';
