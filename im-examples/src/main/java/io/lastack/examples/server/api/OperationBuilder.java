package io.lastack.examples.server.api;

import io.lastack.examples.server.api.Parameter.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts an {@link Operation} together. The parameters of the path follow from the path. */
final class OperationBuilder {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private final String method;
    private final String path;
    private final String id;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<Integer> failures = new TreeSet<>();
    private String tag = "";
    private String summary = "";
    private String meaning = "";
    private boolean repeatable;
    private @Nullable Shape body;
    private int status = 204;
    private String answerType = Operation.JSON;
    private @Nullable Shape answer;

    OperationBuilder(String method, String path, String id) {
        this.method = method;
        this.path = path;
        this.id = id;
        Matcher placeholder = PLACEHOLDER.matcher(path);
        while (placeholder.find()) {
            String name = placeholder.group(1);
            parameters.add(new Parameter(name, Place.PATH, true, Shapes.ofPath(name), Shapes.meaningOfPath(name)));
        }
    }

    OperationBuilder tag(String newTag) {
        tag = newTag;
        return this;
    }

    OperationBuilder says(String newSummary, String newMeaning) {
        summary = newSummary;
        meaning = newMeaning;
        return this;
    }

    OperationBuilder query(String name, Shape shape, String what) {
        parameters.add(new Parameter(name, Place.QUERY, false, shape, what));
        return this;
    }

    OperationBuilder requiredQuery(String name, Shape shape, String what) {
        parameters.add(new Parameter(name, Place.QUERY, true, shape, what));
        return this;
    }

    OperationBuilder repeatable() {
        repeatable = true;
        return this;
    }

    OperationBuilder body(Shape newBody) {
        body = newBody;
        return this;
    }

    OperationBuilder answers(Shape newAnswer) {
        return answers(200, newAnswer);
    }

    OperationBuilder answers(int newStatus, Shape newAnswer) {
        status = newStatus;
        answer = newAnswer;
        return this;
    }

    /** Answers with something other than JSON. */
    OperationBuilder answers(String contentType, Shape newAnswer) {
        answerType = contentType;
        return answers(200, newAnswer);
    }

    OperationBuilder fails(int... statuses) {
        for (int each : statuses) {
            failures.add(each);
        }
        return this;
    }

    Operation by(Operation.Handler handler) {
        return new Operation(
                method,
                path,
                id,
                tag,
                summary,
                meaning,
                parameters,
                repeatable,
                body,
                status,
                answerType,
                answer,
                failures,
                handler);
    }
}
