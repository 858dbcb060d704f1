-- The time of each position that a device has confirmed. No row is written for this.
-- Not again if an earlier attempt ended after it; MySQL does not know ADD COLUMN IF NOT EXISTS.
-- All of it in one session.
SET @lastack_add = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE lastack_cursor ADD COLUMN acked_at BIGINT DEFAULT 0 NOT NULL', 'DO 0')
    FROM INFORMATION_SCHEMA.COLUMNS
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'lastack_cursor' AND COLUMN_NAME = 'acked_at');
PREPARE lastack_adding FROM @lastack_add;
EXECUTE lastack_adding;
DEALLOCATE PREPARE lastack_adding;

UPDATE lastack_meta SET val = '5' WHERE name = 'schema_version';
