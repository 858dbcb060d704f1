package io.lastack.store.jdbc;

import java.sql.SQLException;

/** What commonly keeps a database from opening, in words that say what to do. */
final class OpenProblem {
    private static final int H2_LOCKED = 90020;

    private OpenProblem() {}

    static String describe(SQLException e) {
        String words = SqlCause.describe(e);
        return switch (e.getErrorCode()) {
            case H2_LOCKED ->
                "another process (or another class loader of this one) has the database file open, and H2 lets only one;"
                        + " stop it, or use a database server (" + words + ")";
            case H2Dialect.ADMIN_RIGHTS_REQUIRED ->
                "the database user has no admin rights; H2 lets only such a user run CHECKPOINT SYNC, without which"
                        + " confirmed messages can be lost: ALTER USER … ADMIN TRUE gives them (" + words + ")";
            case 28000 -> "wrong user name or password (" + words + ")";
            case 90011 ->
                "the path of the file must be absolute, or begin with ./ or ~/, as in jdbc:h2:file:./data/im (" + words
                        + ")";
            case 90046, 90113 -> "the URL is not one that H2 understands (" + words + ")";
            case 90028, 90031 ->
                "the file cannot be read or written: check that the directory exists or can be made, its permissions,"
                        + " and the room on the disk (" + words + ")";
            case 90030, 90048 -> "the file is damaged, or of another version of H2 (" + words + ")";
            default -> words;
        };
    }

    static boolean mayPass(SQLException e) {
        return e.getErrorCode() == H2_LOCKED;
    }
}
