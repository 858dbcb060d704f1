package io.lastack.store.jdbc;

/** What a failure of the database means for the call that met it. */
enum Failure {
    /** A unique key exists already: somebody else was faster, and looking again shows it. */
    DUPLICATE,
    /** The transaction lost against another one; the same again will do. */
    CONFLICT,
    /** Somebody held a row for longer than the call may wait. */
    LOCKED,
    /** The database cannot answer now, but may later. */
    UNAVAILABLE,
    /** The same call will fail again until somebody changes the database, its settings or the program. */
    PERMANENT
}
