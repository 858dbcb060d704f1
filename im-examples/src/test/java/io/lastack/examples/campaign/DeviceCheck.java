package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Findings.Kind;
import io.lastack.examples.campaign.Journal.Entry;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one device was shown of one conversation, life by life, beside the log. */
final class DeviceCheck {
    private final DeviceName name;
    private final ConversationId conversation;
    private final List<Message> log;
    private final Periods periods;
    private final Findings findings;
    private final TreeSet<Long> shown = new TreeSet<>();
    private final Set<String> own = new HashSet<>();

    /** The last one shown in this life; at the start of one, where the device's own state stands. */
    private long last;

    private long floor;
    private long highestFloor;
    private boolean firstOfLife = true;
    private int repeats;

    DeviceCheck(DeviceName name, ConversationId conversation, List<Message> log, Findings findings) {
        this.name = name;
        this.conversation = conversation;
        this.log = log;
        this.periods = Periods.of(name.user(), conversation, log);
        this.findings = findings;
    }

    void check(Diary diary) {
        diary.of(Word.SEND).forEach(entry -> own.add(entry.text(0)));
        for (Entry entry : diary.entries()) {
            switch (entry.word()) {
                case START -> {
                    floor = 0;
                    last = 0;
                    firstOfLife = true;
                }
                case FLOOR -> {
                    if (entry.conversation(0).equals(conversation)) {
                        floor(entry.number(1));
                    }
                }
                case SHOWN -> {
                    if (entry.conversation(0).equals(conversation)) {
                        show(entry.number(1), entry.text(2), entry.text(3));
                    }
                }
                case SKIPPED -> {
                    if (entry.conversation(0).equals(conversation)) {
                        add(Kind.GAP, "was told that " + entry.text(1) + " to " + entry.text(2) + " will not come");
                    }
                }
                default -> {
                    // Of other checks.
                }
            }
        }
        checkComplete();
    }

    private void floor(long seq) {
        floor = seq;
        last = seq;
        highestFloor = Math.max(highestFloor, seq);
        if (seq > highest()) {
            add(Kind.REGRESSION, "its own floor is " + seq + ", and " + highest() + " is the highest it was shown");
        }
    }

    private long highest() {
        return shown.isEmpty() ? 0 : shown.last();
    }

    private void show(long seq, String sender, String id) {
        if (firstOfLife && floor < highestFloor) {
            add(Kind.REGRESSION, "its own floor went from " + highestFloor + " to " + floor);
        }
        if (seq <= last) {
            add(
                    Kind.TWICE_OR_DISORDERED,
                    "shown " + seq + " after " + last + (firstOfLife ? " of an earlier life" : ""));
        } else if (seq != last + 1 && !periods.begin(seq) && !isLastWord(seq, id)) {
            add(Kind.GAP, "shown " + seq + " after " + last);
        }
        if (!(periods.cover(seq) || isLastWord(seq, id)) || !isInLog(seq, sender, id)) {
            add(Kind.FOREIGN, "shown " + id + " of " + sender + " at " + seq + ", which is not theirs, or not there");
        }
        if (!shown.add(seq)) {
            repeats++;
        }
        last = seq;
        firstOfLife = false;
    }

    /**
     * What the device had on its way when its user left may come into the log behind that: it is confirmed to the device, which
     * shows it, and nothing else from there.
     */
    private boolean isLastWord(long seq, String id) {
        return own.contains(id) && !periods.cover(seq);
    }

    private boolean isInLog(long seq, String sender, String id) {
        if (seq > log.size()) {
            return false;
        }
        Message message = log.get((int) seq - 1);
        return message.sender().value().equals(sender)
                && message.clientMessageId().value().equals(id);
    }

    private void checkComplete() {
        if (!periods.isMember()) {
            add(Kind.GAP, "is no member in the end, and should be");
            return;
        }
        for (long seq = periods.owedFrom(); seq <= log.size(); seq++) {
            if (!shown.contains(seq)) {
                add(Kind.LOST, "was never shown " + seq + " of " + log.size());
            }
        }
    }

    private void add(Kind kind, String what) {
        findings.add(kind, name + " in " + conversation + ": " + what);
    }

    /** How many messages the application was shown again, after a kill came before their confirmation was kept. */
    int repeats() {
        return repeats;
    }
}
