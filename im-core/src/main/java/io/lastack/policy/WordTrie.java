package io.lastack.policy;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words by their folded code points, found in one walk from each place where one may begin. Immutable once made. */
final class WordTrie {
    private static final int MASK = '*';

    private final Node root = new Node();

    private static final class Node {
        private final Map<Integer, Node> next = new HashMap<>();
        private boolean ends;
    }

    private WordTrie() {}

    static WordTrie of(Collection<String> words) {
        WordTrie trie = new WordTrie();
        words.forEach(trie::add);
        return trie;
    }

    private void add(String word) {
        if (word.isBlank()) {
            throw new IllegalArgumentException("a word is blank; each needs a character");
        }
        Node node = root;
        for (int codePoint : folded(word.strip())) {
            node = node.next.computeIfAbsent(codePoint, any -> new Node());
        }
        node.ends = true;
    }

    /** The text with every character of a word replaced, or the same text if it has none. */
    String mask(String text) {
        int[] points = text.codePoints().toArray();
        int[] folded = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            folded[i] = fold(points[i]);
        }
        boolean found = false;
        for (int i = 0; i < points.length; i++) {
            int end = longestFrom(folded, i);
            if (end > i) {
                found = true;
                java.util.Arrays.fill(points, i, end, MASK);
                i = end - 1;
            }
        }
        return found ? new String(points, 0, points.length) : text;
    }

    private int longestFrom(int[] text, int start) {
        int longest = start;
        @Nullable Node node = root;
        for (int i = start; i < text.length && node != null; i++) {
            node = node.next.get(text[i]);
            if (node != null && node.ends && standsAlone(text, start, i + 1)) {
                longest = i + 1;
            }
        }
        return longest;
    }

    private static boolean standsAlone(int[] text, int start, int end) {
        return (start == 0 || !joined(text[start - 1], text[start]))
                && (end == text.length || !joined(text[end - 1], text[end]));
    }

    /** Whether two characters side by side belong to one word. */
    private static boolean joined(int a, int b) {
        return isSpelt(a) && isSpelt(b);
    }

    private static boolean isSpelt(int codePoint) {
        return Character.isLetterOrDigit(codePoint) && !isWrittenWithoutSpaces(codePoint);
    }

    private static boolean isWrittenWithoutSpaces(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static int[] folded(String word) {
        return word.codePoints().map(WordTrie::fold).toArray();
    }

    /** Case and width folded, one for one, so that places in the folded text are places in the text. */
    private static int fold(int codePoint) {
        int plain = codePoint;
        if (codePoint >= 0x80) {
            String compatible = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
            plain = compatible.codePointCount(0, compatible.length()) == 1 ? compatible.codePointAt(0) : codePoint;
        }
        return Character.toLowerCase(Character.toUpperCase(plain));
    }
}
