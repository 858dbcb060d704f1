package io.lastack.examples.server.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes that several operations share. */
final class Shapes {
    static final int PAGE = 50;
    static final int MAX_PAGE = 200;
    static final int MAX_MEMBERS = 1_000;
    private static final String ID = "[A-Za-z0-9._@+-]{1,64}";
    private static final String CONVERSATION = "direct:" + ID + "~" + ID + "|group:" + ID + "|inbox:" + ID;

    private Shapes() {}

    static Shape user() {
        return Shape.matching("^" + ID + "$");
    }

    static Shape id() {
        return Shape.matching("^" + ID + "$");
    }

    static Shape conversation() {
        return Shape.matching("^(" + CONVERSATION + ")$");
    }

    static Shape conversationOrUser() {
        return Shape.matching("^(" + CONVERSATION + "|user:" + ID + ")$");
    }

    static Shape seq() {
        return Shape.integer(1, Shape.MAX_SEQ);
    }

    static Shape time() {
        return Shape.count();
    }

    static Shape limit(int most) {
        return Shape.integer(1, most).withDefault(PAGE);
    }

    static Shape users(int least, int most) {
        return Shape.list(user(), least, most);
    }

    static Shape ofPath(String name) {
        return switch (name) {
            case "user", "blocked" -> user();
            case "group", "device", "room", "session" -> id();
            case "conversation" -> conversation();
            case "seq" -> seq();
            default -> throw new IllegalArgumentException("no shape is known for {" + name + "} in a path");
        };
    }

    static String meaningOfPath(String name) {
        return switch (name) {
            case "user" -> "the user's id";
            case "blocked" -> "the id of the user who is blocked";
            case "group" -> "the group's id, without `group:`";
            case "session" -> "the session's id";
            case "device" -> "the device's id";
            case "room" -> "the room's id";
            case "conversation" -> "`direct:A~B` (users in ascending order), `group:G` or `inbox:U`";
            default -> "the number of the entry in its conversation's log";
        };
    }

    /** The shapes of answers, by the names that the description gives them. */
    static Map<String, Shape> named() {
        Map<String, Shape> named = new LinkedHashMap<>();
        AnswerShapes.addTo(named);
        named.put("Problem", problem());
        return named;
    }

    private static Shape problem() {
        Shape field = Shape.object()
                .required("in", Shape.oneOf("path", "query", "body", "header"), "where it is")
                .required("field", Shape.text(), "its name, or a JSON pointer into the body")
                .optional("value", Shape.text(), "the value, unless it may be what a message says")
                .required("allowed", Shape.text(), "what is allowed");
        return Shape.object()
                .required("type", Shape.text(), "a name for this sort of problem: `urn:lastack:problem:…`")
                .required("title", Shape.text(), "the sort of problem in words")
                .required("status", Shape.integer(400, 599), "the status of the answer")
                .required("detail", Shape.text(), "what was wrong, which value, and what is allowed")
                .optional("retryAfter", Shape.count(), "seconds after which the same call may succeed")
                .optional("errors", Shape.listOf(field), "every field that is wrong, where fields are");
    }
}
