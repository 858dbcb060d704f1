package io.lastack.store.jdbc;

import java.sql.SQLException;

/** What commonly keeps an H2 from opening. */
final class H2OpenProblem {
    private H2OpenProblem() {}

    static OpenProblem of(SQLException e, Failure failure) {
        return switch (e.getErrorCode()) {
            case 90020 ->
                OpenProblem.passing(
                        "another process (or another class loader of this one) has the database file open, and H2 lets only"
                                + " one; stop it, or use a database server",
                        e);
            case H2Dialect.ADMIN_RIGHTS_REQUIRED ->
                OpenProblem.lasting(
                        "the database user has no admin rights; H2 lets only such a user run CHECKPOINT SYNC, without which"
                                + " confirmed messages can be lost: ALTER USER … ADMIN TRUE gives them",
                        e);
            case 28000 -> OpenProblem.lasting("wrong user name or password", e);
            case 90011 ->
                OpenProblem.lasting(
                        "the path of the file must be absolute, or begin with ./ or ~/, as in jdbc:h2:file:./data/im",
                        e);
            case 90046, 90113 -> OpenProblem.lasting("the URL is not one that H2 understands", e);
            case 90028, 90031 ->
                OpenProblem.lasting(
                        "the file cannot be read or written: check that the directory exists or can be made, its"
                                + " permissions, and the room on the disk",
                        e);
            case 90030, 90048 -> OpenProblem.lasting("the file is damaged, or of another version of H2", e);
            default -> new OpenProblem(OpenProblem.unknown(e, failure).words(), false);
        };
    }
}
