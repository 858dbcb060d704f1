package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's texts, as they stand in its sources. */
class PageTextsTest {
    private static final Pattern KEY = Pattern.compile("(?m)^  '([^']+)':");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");
    private static final Pattern ENTRY = Pattern.compile("(?m)^  '([^']+)': '(.*)',$");

    private final String source = read("strings.js");
    private final String english = source.substring(source.indexOf("const en ="), source.indexOf("const zh ="));
    private final String chinese = source.substring(source.indexOf("const zh ="), source.indexOf("export const"));

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(keys(english)).hasSizeGreaterThan(150).isEqualTo(keys(chinese));
    }

    @Test
    void bothLanguagesNameTheSameThingsInAText() {
        assertThat(places(chinese)).isEqualTo(places(english));
    }

    /** English has two forms where it counts; Chinese has one. */
    private static Set<String> keys(String texts) {
        return KEY.matcher(texts)
                .results()
                .map(found -> found.group(1).replaceFirst("\\.one$", ".other"))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Set<String> places(String texts) {
        Set<String> all = new TreeSet<>();
        Matcher entry = ENTRY.matcher(texts);
        while (entry.find()) {
            if (!entry.group(1).endsWith(".one")) {
                PLACE.matcher(entry.group(2)).results().forEach(place -> all.add(entry.group(1) + place.group()));
            }
        }
        return all;
    }

    private static String read(String file) {
        try (InputStream in = PageTextsTest.class.getResourceAsStream("/page/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
