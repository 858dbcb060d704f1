package io.lastack.policy;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.Content;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.spi.SendInterceptor;
import java.util.Collection;

/**
 * Refuses, or masks, words in texts, whatever their case and width: {@code word} also finds {@code WORD} and {@code ｗｏｒｄ}.
 * A word of letters and digits is found where it stands by itself; one that has other characters, or is written without
 * spaces between words (such as Chinese), wherever it occurs. Bodies that are bytes pass. Immutable.
 */
public final class WordFilter implements SendInterceptor {
    private final WordTrie words;
    private final boolean masks;

    private WordFilter(WordTrie words, boolean masks) {
        this.words = words;
        this.masks = masks;
    }

    /**
     * Refuses a text with one of the words with 422. The answer does not repeat the word.
     *
     * @throws IllegalArgumentException if a word is blank
     */
    public static WordFilter refusing(Collection<String> words) {
        return new WordFilter(WordTrie.of(words), false);
    }

    /**
     * Puts {@code *} in the place of each character of the words.
     *
     * @throws IllegalArgumentException if a word is blank
     */
    public static WordFilter masking(Collection<String> words) {
        return new WordFilter(WordTrie.of(words), true);
    }

    @Override
    public Draft intercept(Draft draft) {
        Content content = draft.content();
        if (!content.payload().isText() || content.payload().size() == 0) {
            return draft;
        }
        String text = content.payload().asText();
        String masked = words.mask(text);
        if (masked.equals(text)) {
            return draft;
        }
        if (!masks) {
            throw new InvalidRequestException(Reason.UNPROCESSABLE, "the text has a word that is not allowed here");
        }
        Content clean = new Content(
                content.kind(),
                content.type(),
                Payload.text(masked),
                content.ext(),
                content.replyTo(),
                content.mentions(),
                content.revises());
        return new Draft(draft.conversation(), draft.sender(), draft.clientMessageId(), clean, draft.change());
    }
}
