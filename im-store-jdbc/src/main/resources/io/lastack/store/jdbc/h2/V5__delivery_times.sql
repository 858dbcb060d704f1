-- The time of each position that a device has confirmed.
ALTER TABLE lastack_cursor ADD COLUMN IF NOT EXISTS acked_at BIGINT DEFAULT 0 NOT NULL;

UPDATE lastack_meta SET val = '5' WHERE name = 'schema_version';
