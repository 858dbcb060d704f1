-- What groups carry besides members, and what users set for themselves. Rows only where something was set.
-- IF NOT EXISTS, as in the first script.

CREATE TABLE IF NOT EXISTS lastack_attribute (
    conv BIGINT NOT NULL,
    name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    val VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (conv, name)
) ENGINE = InnoDB;

-- Of current members only.
CREATE TABLE IF NOT EXISTS lastack_mute (
    conv BIGINT NOT NULL,
    usr BIGINT NOT NULL,
    muted_until BIGINT NOT NULL,                    -- milliseconds since 1970
    PRIMARY KEY (conv, usr)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS lastack_setting (
    usr BIGINT NOT NULL,
    conv BIGINT NOT NULL,
    muted_until BIGINT NOT NULL,                    -- milliseconds since 1970; 0 for not muted
    flags TINYINT NOT NULL,                         -- 1 pinned, 2 archived
    PRIMARY KEY (usr, conv)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS lastack_block (
    usr BIGINT NOT NULL,
    blocked BIGINT NOT NULL,
    PRIMARY KEY (usr, blocked)
) ENGINE = InnoDB;

UPDATE lastack_meta SET val = '4' WHERE name = 'schema_version';
