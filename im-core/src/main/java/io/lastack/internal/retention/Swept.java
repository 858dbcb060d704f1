package io.lastack.internal.retention;

/** What a sweep deleted: so many messages of so many conversations. */
public record Swept(long conversations, long messages) {}
