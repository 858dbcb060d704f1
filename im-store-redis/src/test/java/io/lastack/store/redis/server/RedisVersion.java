package io.lastack.store.redis.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/**
 * The versions that tests run: the oldest that is supported, from Maven Central, and a newer one of the machine, under the
 * directory that {@code -Dredis.home} names ({@code /usr} if nothing does). Where there is none, its tests run the older one,
 * and say so.
 */
public enum RedisVersion {
    REDIS_6,
    REDIS_7;

    private static final Path OF_THE_MACHINE = Path.of(System.getProperty("redis.home", "/usr"), "bin", "redis-server");

    /** The server's executable. */
    Path executable() {
        return this == REDIS_7 && Installed.YES ? OF_THE_MACHINE : FromJar.SERVER;
    }

    private static final class Installed {
        static final boolean YES = Files.isExecutable(OF_THE_MACHINE);

        static {
            if (!YES) {
                System.out.println("NO REDIS 7 SERVER: there is no " + OF_THE_MACHINE
                        + ", which -Dredis.home would name," + " so its tests run Redis 6.2");
            }
        }
    }

    private static final class FromJar {
        static final Path SERVER;

        static {
            try {
                Path directory = RedisProcess.newDirectory("redis-6-");
                SERVER = ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath();
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
