package io.lastack.store.jdbc;

import java.sql.SQLException;

/**
 * Why a database does not open.
 *
 * @param words what is wrong and what to do
 * @param mayPass whether the same may succeed later without anything being changed
 */
record OpenProblem(String words, boolean mayPass) {
    /** What lasts until somebody changes something. */
    static OpenProblem lasting(String advice, SQLException e) {
        return new OpenProblem(advice + " (" + SqlCause.describe(e) + ")", false);
    }

    /** What may be over later. */
    static OpenProblem passing(String advice, SQLException e) {
        return new OpenProblem(advice + " (" + SqlCause.describe(e) + ")", true);
    }

    /** What only the driver's own words tell. */
    static OpenProblem unknown(SQLException e, Failure failure) {
        return new OpenProblem(SqlCause.describe(e), failure != Failure.PERMANENT);
    }
}
