-- Revisions: mentions, edits and reactions of messages, found without opening any. The migration only makes tables: it is done
-- at once, whatever the number of messages; mentions in messages from before are not counted.

-- Who is named in a message that counts as unread, and did not send it.
CREATE TABLE lastack_mention (
    conv BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    PRIMARY KEY (conv, seq, usr)
);
CREATE INDEX lastack_mention_user ON lastack_mention (conv, usr, seq);

-- Which entries edit a message: a recall blanks them.
CREATE TABLE lastack_edit (
    conv BIGINT NOT NULL,
    target BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (conv, target, seq)
);

-- The current reactions to messages; seq is the entry that says so.
CREATE TABLE lastack_reaction (
    conv BIGINT NOT NULL,
    target BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    emoji VARBINARY(64) NOT NULL,                    -- in UTF-8
    seq BIGINT NOT NULL,
    PRIMARY KEY (conv, target, usr, emoji)
);

UPDATE lastack_meta SET val = '2' WHERE name = 'schema_version';
