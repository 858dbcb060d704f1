package io.lastack.examples.server.api;

/** A parameter in the path or the query of an operation. */
record Parameter(String name, Place in, boolean required, Shape shape, String meaning) {
    enum Place {
        PATH,
        QUERY
    }
}
