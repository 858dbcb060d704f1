package io.lastack.transport.tyrus.netty;

import java.util.Arrays;
import java.util.List;

/** Headers that hold a comma separated list, in one line or in several. */
final class HeaderList {

    private HeaderList() {}

    /** The elements of all lines in order, trimmed, without empty ones. */
    static List<String> tokens(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** Whether an element equals the token, ignoring case. */
    static boolean contains(List<String> lines, String token) {
        return tokens(lines).stream().anyMatch(token::equalsIgnoreCase);
    }
}
