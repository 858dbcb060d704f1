package io.lastack.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What the devices say after one turn of the event loop: each acknowledges once for all that it read, and what it has to
 * say leaves in one packet. Used on the thread of the loop.
 */
final class Turn {
    private final Executor thread;
    private final List<Device> devices = new ArrayList<>();
    private boolean planned;

    Turn(Executor thread) {
        this.thread = thread;
    }

    /** Called once for a device until its packet left. */
    void add(Device device) {
        devices.add(device);
        if (!planned) {
            planned = true;
            thread.execute(this::end);
        }
    }

    /** An ack may free a place of another device, which then has something to say too. */
    private void end() {
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).acknowledge();
        }
        List<Device> speaking = List.copyOf(devices);
        devices.clear();
        planned = false;
        speaking.forEach(Device::flush);
    }
}
