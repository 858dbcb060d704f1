-- What groups carry besides members, and what users set for themselves. Rows only where something was set.

CREATE TABLE lastack_attribute (
    conv BIGINT NOT NULL,
    name VARCHAR_CASESENSITIVE(32) NOT NULL,
    val VARCHAR_CASESENSITIVE(1024) NOT NULL,
    PRIMARY KEY (conv, name)
);

-- Of current members only.
CREATE TABLE lastack_mute (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    muted_until BIGINT NOT NULL,                    -- milliseconds since 1970
    PRIMARY KEY (conv, usr)
);

CREATE TABLE lastack_setting (
    usr BIGINT NOT NULL,
    conv BIGINT NOT NULL,
    muted_until BIGINT NOT NULL,                    -- milliseconds since 1970; 0 for not muted
    flags INTEGER NOT NULL,                         -- 1 pinned, 2 archived
    PRIMARY KEY (usr, conv)
);

CREATE TABLE lastack_block (
    usr BIGINT NOT NULL,
    blocked BIGINT NOT NULL,
    PRIMARY KEY (usr, blocked)
);

UPDATE lastack_meta SET val = '4' WHERE name = 'schema_version';
