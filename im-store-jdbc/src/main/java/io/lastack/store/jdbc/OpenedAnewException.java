package io.lastack.store.jdbc;

/**
 * The database closed itself and was opened again while a call was under way: what the call was told before may not be so.
 * Nothing of what it was about to do is done.
 */
final class OpenedAnewException extends RuntimeException {
    static final String WHAT = "the database closed itself and was opened again";

    private static final long serialVersionUID = 1L;

    OpenedAnewException() {
        super(WHAT);
    }
}
