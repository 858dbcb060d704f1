package io.lastack.examples.bench;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Devices that are connected, and those of them that send.
 *
 * @param receivers how many devices get each message, besides the sending one
 */
record Crowd(List<Device> devices, List<Sender> senders, int receivers) {
    private static final int MEMBERS_AT_ONCE = 400;
    private static final long PATIENCE_SECONDS = 30;

    /** Users in pairs; everybody sends to the other one. */
    static Crowd pairs(Stage stage, String prefix, Load load) throws Stage.Failure {
        List<Device> devices = new ArrayList<>();
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i + 1 < load.users(); i += 2) {
            String one = prefix + i;
            String other = prefix + (i + 1);
            String direct =
                    ConversationId.direct(UserId.of(one), UserId.of(other)).value();
            Chat chat = new Chat(direct, stage.codec(), load.bodyBytes());
            for (String user : List.of(one, other)) {
                Device device = new Device(user, chat, Place.fromTheStart(), stage);
                devices.add(device);
                senders.add(sender(device, 1, stage));
            }
        }
        stage.connect(devices);
        return new Crowd(devices, senders, 1);
    }

    /** One group, of which the first members send. */
    static Crowd group(Stage stage, String prefix, Load load) throws Stage.Failure, InterruptedException {
        int members = load.members();
        String group = prefix + "g";
        Chat chat = new Chat("group:" + group, stage.codec(), load.bodyBytes());
        List<Device> devices = IntStream.range(0, members)
                .mapToObj(i -> new Device(prefix + i, chat, Place.fromWhatComesFirst(), stage))
                .toList();
        chat.beginsAfter(Long.MAX_VALUE);
        stage.connect(devices.subList(0, 1));
        create(stage, group, chat, devices);
        List<Sender> senders = devices.stream()
                .limit(load.senders())
                .map(device -> sender(device, members - 1, stage))
                .toList();
        stage.connect(devices.subList(1, members));
        awaitFloor(stage, devices, chat.seqsBefore());
        return new Crowd(devices, senders, members - 1);
    }

    private static Sender sender(Device device, int receivers, Stage stage) {
        Sender sender = new Sender(device, device.chat(), receivers, stage.meter());
        device.sendsAs(sender);
        return sender;
    }

    private static void create(Stage stage, String group, Chat chat, List<Device> devices) throws Stage.Failure {
        Device owner = devices.get(0);
        List<String> others = devices.stream().skip(1).map(Device::user).toList();
        long seq = request(stage, owner, null, new GroupAction.Create(group, "Load", List.of(), null, null));
        for (int from = 0; from < others.size(); from += MEMBERS_AT_ONCE) {
            List<String> some = others.subList(from, Math.min(others.size(), from + MEMBERS_AT_ONCE));
            seq = request(stage, owner, chat.conversation(), new GroupAction.AddMembers(some));
        }
        chat.beginsAfter(seq);
    }

    private static long request(
            Stage stage, Device owner, @org.jspecify.annotations.Nullable String conversation, GroupAction action)
            throws Stage.Failure {
        return Stage.await(stage.call(() -> owner.request(id -> new ClientFrame.Group(id, conversation, action))));
    }

    /** Waits until every device has the log up to {@code seq}. */
    private static void awaitFloor(Stage stage, List<Device> devices, long seq)
            throws Stage.Failure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!stage.call(
                () -> devices.stream().allMatch(device -> device.place().floor() >= seq))) {
            if (System.nanoTime() > end) {
                throw new Stage.Failure("not everybody has seq " + seq + " after " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(20);
        }
    }
}
