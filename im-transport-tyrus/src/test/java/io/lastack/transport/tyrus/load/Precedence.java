package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who gets a processor before whom, where several machines are played on one: what one of them does is not to slow down
 * another. By the policies of Linux, see {@code sched(7)}.
 */
final class Precedence {

    private static final String CHRT = "/usr/bin/chrt";

    private Precedence() {}

    /**
     * What to start a process with that takes what processors the others leave. Where there is the policy of idle tasks, it
     * leaves one at once when another thread wants it; with the lowest priority, only some milliseconds later.
     */
    static List<String> behindOthers() {
        return isThere() ? List.of(CHRT, "--idle", "0") : List.of("nice", "-n", "19");
    }

    /**
     * From now on the calling thread gets a processor at once when it wants one; it must not want one for long.
     *
     * @return false where that is not to be had: it takes Linux, and the right to real-time scheduling
     */
    static boolean beforeOthers() throws IOException, InterruptedException {
        if (!isThere()) {
            return false;
        }
        var thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        return new ProcessBuilder(CHRT, "--fifo", "--pid", "1", thread)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static boolean isThere() {
        return Files.isExecutable(Path.of(CHRT));
    }
}
