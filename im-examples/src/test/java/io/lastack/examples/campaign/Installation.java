package io.lastack.examples.campaign;

import io.lastack.examples.server.ServerProcess;
import io.lastack.spi.ImStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Database, server, network and devices. */
final class Installation implements AutoCloseable {
    final Path directory;
    final Ground ground;
    final ServerProcess server;
    final Proxy proxy;
    final List<DeviceProcess> devices = new ArrayList<>();

    /** @param directory an empty one */
    Installation(Ground.Kind kind, Path directory, Random random) throws IOException {
        this.directory = directory;
        this.ground = kind.lay(directory);
        List<String> options = new ArrayList<>(
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--jwt-secret", Device.SECRET));
        options.addAll(ground.options());
        this.server = ServerProcess.start(directory, options.toArray(String[]::new));
        this.proxy = Proxy.to(server.port());
        String url = "ws://localhost:" + proxy.port() + "/im";
        for (DeviceName name : DeviceName.ALL) {
            devices.add(new DeviceProcess(name, url, directory, random.nextLong()));
        }
    }

    /** From now on the devices work. */
    void go() throws IOException {
        Files.createFile(directory.resolve(Device.GO));
    }

    /** From now on the devices only finish. */
    void quiet() throws IOException {
        Files.createFile(directory.resolve(Device.QUIET));
    }

    List<Diary> diaries() throws IOException {
        List<Diary> diaries = new ArrayList<>();
        for (DeviceName name : DeviceName.ALL) {
            diaries.add(Diary.read(name, directory.resolve(name + ".journal")));
        }
        return diaries;
    }

    /** The database as it is; the server must not run. */
    StoredState stored() {
        try (ImStore store = ground.open()) {
            return StoredState.read(store);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (DeviceProcess device : devices) {
            device.close();
        }
        proxy.close();
        server.close();
        ground.close();
    }
}
