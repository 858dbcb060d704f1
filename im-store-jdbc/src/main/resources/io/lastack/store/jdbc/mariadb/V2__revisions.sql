-- Revisions: mentions, edits and reactions of messages, found without opening any. The migration only makes tables: it is done
-- at once, whatever the number of messages; mentions in messages from before are not counted.

-- IF NOT EXISTS: a script that was cut off can be run again.

-- Who is named in a message that counts as unread, and did not send it.
CREATE TABLE IF NOT EXISTS lastack_mention (
    conv BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    PRIMARY KEY (conv, seq, usr),
    INDEX lastack_mention_user (conv, usr, seq)
) ENGINE = InnoDB;

-- Which entries edit a message: a recall blanks them.
CREATE TABLE IF NOT EXISTS lastack_edit (
    conv BIGINT NOT NULL,
    target BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (conv, target, seq)
) ENGINE = InnoDB;

-- The current reactions to messages; seq is the entry that says so.
CREATE TABLE IF NOT EXISTS lastack_reaction (
    conv BIGINT NOT NULL,
    target BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    emoji VARBINARY(64) NOT NULL,                    -- in UTF-8
    seq BIGINT NOT NULL,
    PRIMARY KEY (conv, target, usr, emoji)
) ENGINE = InnoDB;

UPDATE lastack_meta SET val = '2' WHERE name = 'schema_version';
