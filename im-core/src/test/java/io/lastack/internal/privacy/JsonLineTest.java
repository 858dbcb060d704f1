package io.lastack.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anObjectIsWrittenAsJsonHasIt() {
        JsonLine line = new JsonLine()
                .add("text", "a \"b\" \\ \n\t\r\b\f/")
                .add("number", Long.MAX_VALUE)
                .add("none", List.of())
                .add("list", List.of("x", "y\""))
                .add("map", Map.of("b", "2", "a\n", "1"));

        assertThat(line)
                .hasToString(
                        "{\"text\":\"a \\\"b\\\" \\\\ \\n\\t\\r\\b\\f/\",\"number\":9223372036854775807,\"none\":[],"
                                + "\"list\":[\"x\",\"y\\\"\"],\"map\":{\"a\\n\":\"1\",\"b\":\"2\"}}");
        assertThat(new JsonLine()).hasToString("{}");
    }

    @Test
    void everyCharacterIsReadBackByAnyParser() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate((char) c)) {
                all.append((char) c);
            }
        }
        all.append("\ud83d\ude00");
        String some = all.substring(0, 1_000);
        String line = new JsonLine().add("all", all.toString()).add(some, 1).toString();

        JsonNode read = JSON.readTree(line.getBytes(StandardCharsets.UTF_8));
        assertThat(read.get("all").textValue()).isEqualTo(all.toString());
        assertThat(read.get(some).asInt()).isEqualTo(1);
        assertThat(line.chars()).allMatch(c -> c >= ' ').noneMatch(c -> c == '\u2028' || c == '\u2029');
    }

    @Test
    void halfAPairOutlivesUtf8() throws Exception {
        for (String half : List.of("\ud83d", "a\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
            byte[] line = new JsonLine().add("half", half).toString().getBytes(StandardCharsets.UTF_8);

            assertThat(JSON.readTree(line).get("half").textValue()).isEqualTo(half);
        }
    }

    @Test
    void randomTextsAreReadBack() throws Exception {
        long seed = Long.getLong("lastack.seed", new SplittableRandom().nextLong());
        System.out.println("random texts: repeat with -Dlastack.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : Character.MAX_VALUE + 1));
            }
            String line = new JsonLine().add("t", text.toString()).toString();

            assertThat(JSON.readTree(line).get("t").textValue())
                    .as("seed %s", seed)
                    .isEqualTo(text.toString());
        }
    }
}
