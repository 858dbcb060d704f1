package io.lastack.transport.tyrus.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A process that is asked, a line at a time, and answers with numbers. It ends when its input does, so that it outlives no
 * test.
 */
final class Child implements AutoCloseable {

    /** What the child does with a line. */
    @FunctionalInterface
    interface Answering {
        Map<String, Long> answer(List<String> words) throws Exception;
    }

    private static final String ANSWER = "= ";

    private final Process process;
    private final BufferedReader from;
    private final PrintStream to;

    private Child(Process process) {
        this.process = process;
        this.from = process.inputReader(UTF_8);
        this.to = new PrintStream(process.getOutputStream(), true, UTF_8);
    }

    static Child start(Class<?> main, List<String> jvm, Object... arguments) throws IOException {
        return start(List.of(), main, jvm, arguments);
    }

    /** Which takes what processors the others leave, as if it had its own machine. */
    static Child startBehindOthers(Class<?> main, List<String> jvm, Object... arguments) throws IOException {
        return start(Precedence.behindOthers(), main, jvm, arguments);
    }

    private static Child start(List<String> launcher, Class<?> main, List<String> jvm, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Says a line, and waits for the answer; what else the child prints is passed on. */
    Map<String, Long> ask(Object... words) throws IOException {
        to.println(
                String.join(" ", List.of(words).stream().map(Object::toString).toList()));
        for (var line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith(ANSWER)) {
                return parse(line.substring(ANSWER.length()).strip());
            }
            System.out.println(line);
        }
        throw new IOException("the process ended instead of answering to " + words[0]);
    }

    private static Map<String, Long> parse(String answer) {
        Map<String, Long> numbers = new TreeMap<>();
        for (var pair : answer.isEmpty() ? new String[0] : answer.split(" ")) {
            int equals = pair.indexOf('=');
            numbers.put(pair.substring(0, equals), Long.valueOf(pair.substring(equals + 1)));
        }
        return numbers;
    }

    /** The child's side: answers the lines of standard input until it ends or one fails, and then the process. */
    @SuppressWarnings("SystemExitOutsideMain") // The process has servers' threads, and is to end all the same.
    static void serve(Answering answering) {
        int code = 1;
        try {
            var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var text = new StringBuilder(ANSWER);
                answering
                        .answer(List.of(line.split(" ")))
                        .forEach((name, value) ->
                                text.append(name).append('=').append(value).append(' '));
                System.out.println(text);
            }
            code = 0;
        } catch (Exception e) {
            LoggerFactory.getLogger(Child.class).error("the process gives up", e);
        }
        Runtime.getRuntime().halt(code);
    }

    @Override
    public void close() throws InterruptedException {
        to.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
