-- Through which seq somebody has looked for undelivered messages.
CREATE TABLE lastack_delivery_mark (
    conv BIGINT NOT NULL PRIMARY KEY,
    through_seq BIGINT NOT NULL
);

UPDATE lastack_meta SET val = '3' WHERE name = 'schema_version';
