package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Journal.Entry;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a device wrote down, in order. Half records, where a kill came between, are left out. */
record Diary(DeviceName name, List<Entry> entries) {
    static Diary read(DeviceName name, Path journal) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(journal)) {
            try (Stream<String> lines = Files.lines(journal)) {
                lines.filter(line -> line.endsWith(Journal.END))
                        .map(Entry::parse)
                        .forEach(entries::add);
            }
        }
        return new Diary(name, entries);
    }

    Stream<Entry> of(Word word) {
        return entries.stream().filter(entry -> entry.word() == word);
    }

    /** Whether the present life came so far. */
    boolean hasComeTo(Word word) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Word at = entries.get(i).word();
            if (at == word || at == Word.START) {
                return at == word;
            }
        }
        return false;
    }

    /** The highest seq that was shown of each conversation. */
    Map<ConversationId, Long> newestShown() {
        Map<ConversationId, Long> newest = new HashMap<>();
        of(Word.SHOWN).forEach(entry -> newest.merge(entry.conversation(0), entry.number(1), Math::max));
        return newest;
    }

    boolean concerns(ConversationId conversation) {
        return conversation.kind() == ConversationId.Kind.GROUP || conversation.names(name.user());
    }
}
