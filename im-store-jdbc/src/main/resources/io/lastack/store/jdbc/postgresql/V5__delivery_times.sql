-- The time of each position that a device has confirmed. No row is written for this.
ALTER TABLE lastack_cursor ADD COLUMN acked_at BIGINT DEFAULT 0 NOT NULL;

UPDATE lastack_meta SET val = '5' WHERE name = 'schema_version';
