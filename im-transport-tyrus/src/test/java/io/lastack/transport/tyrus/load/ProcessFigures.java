package io.lastack.transport.tyrus.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this process holds. */
final class ProcessFigures {

    private static final Pattern LINE = Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");

    private ProcessFigures() {}

    /** Without a collection. */
    static Map<String, Long> now() throws IOException {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Long> figures = new TreeMap<>();
        figures.put("cpuNanos", system.getProcessCpuTime());
        figures.put("descriptors", system.getOpenFileDescriptorCount());
        figures.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        figures.put("pooledThreads", pooledThreads());
        figures.put(
                "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        figures.put("resident", resident());
        for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                figures.put("direct", pool.getMemoryUsed());
            }
        }
        return figures;
    }

    /** After full collections. */
    static Map<String, Long> collected() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return now();
    }

    /** Those of the engine's pool, which end after a minute without work. */
    private static long pooledThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lastack-io-"))
                .count();
    }

    /** Bytes of memory, from the kernel. */
    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Writes how many live objects there are, by class, as {@link #histogram} reads them. */
    static void writeHistogram(Path file) throws IOException, JMException {
        var text = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Files.writeString(file, text);
    }

    /** Live objects by class. */
    static Map<String, Long> histogram(Path file) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (var line : Files.readAllLines(file)) {
            var match = LINE.matcher(line);
            if (match.find()) {
                counts.merge(match.group(3), Long.valueOf(match.group(1)), Long::sum);
            }
        }
        return counts;
    }
}
