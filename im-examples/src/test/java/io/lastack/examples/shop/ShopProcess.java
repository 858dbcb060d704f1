package io.lastack.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link ShopVictim} in a process of its own. */
final class ShopProcess implements AutoCloseable {
    private static final long BOUND_SECONDS = 120;

    private final Process process;
    private final Set<Long> confirmed;
    private final CountDownLatch life;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> reading;

    /**
     * @param confirmed gets the numbers of the orders that the process confirmed
     * @param orders after so many confirmations {@link #awaitLife} returns; 0 for a process that takes no orders
     */
    ShopProcess(String file, int port, long seed, Set<Long> confirmed, int orders) throws IOException {
        this.confirmed = confirmed;
        this.life = new CountDownLatch(orders);
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShopVictim.class.getName(),
                        file,
                        String.valueOf(port),
                        String.valueOf(seed),
                        String.valueOf(orders > 0))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.reading = CompletableFuture.runAsync(this::read);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                boolean whole = line.startsWith("PORT ");
                if (whole) {
                    take(line.split(" "));
                }
                String next = lines.readLine();
                // The last line may be cut off by the kill.
                if (!whole && next != null) {
                    take(line.split(" "));
                }
                line = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String[] words) {
        if (words[0].equals("PORT")) {
            port.complete(Integer.parseInt(words[1]));
        } else {
            confirmed.add(Long.parseLong(words[1]));
            life.countDown();
        }
    }

    int port() throws Exception {
        return port.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    void awaitLife() throws InterruptedException {
        assertThat(life.await(BOUND_SECONDS, TimeUnit.SECONDS))
                .as("the shop takes orders")
                .isTrue();
        assertThat(process.isAlive()).as("the shop works").isTrue();
    }

    /** SIGKILL, whatever it is doing. */
    @Override
    public void close() throws Exception {
        // Not through the process itself, which would close the pipe before all of it is read.
        process.toHandle().destroyForcibly();
        reading.get(BOUND_SECONDS, TimeUnit.SECONDS);
        process.waitFor();
    }
}
