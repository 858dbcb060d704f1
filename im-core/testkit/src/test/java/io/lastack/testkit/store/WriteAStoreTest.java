package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.testkit.PageCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Events;

/** The code of docs/write-a-store.md, as it stands there, compiled and run by somebody who has only the two artifacts. */
class WriteAStoreTest {
    private static final String TEST = "com.example.chat.ExampleStoreTest";

    @TempDir
    Path directory;

    private PageCode page;

    @BeforeEach
    void openPage() {
        page = new PageCode("write-a-store.md", directory);
    }

    @Test
    void theStoreOfThePageIsGreen() throws Exception {
        Events tests = page.run(TEST, page.between("store-test"), page.between("store"));

        assertThat(PageCode.names(tests.failed())).isEmpty();
        assertThat(tests.list().stream().map(e -> e.getType().toString())).doesNotContain("SKIPPED");
        assertThat(PageCode.names(tests.succeeded()))
                .hasSizeGreaterThan(120)
                .contains(
                        "theOldestMessagesAreGoneAndTheOthersAreAsTheyWere",
                        "whatAMemberSentStaysWhenItIsRemoved",
                        "everyMessageIsThereAsItWas");
    }

    @Test
    void theBrokenStoreOfThePageIsCaughtAsThePageSays() throws Exception {
        Events tests = page.run(
                TEST,
                page.between("store-test").replace("ExampleStore.open()", "new BrokenStore()"),
                page.between("store"),
                page.between("broken"));

        assertThat(PageCode.names(tests.failed()))
                .contains("whatWasNotSentBeforeTheTimeStaysWithAllAboveIt", "everyAnswerToRandomCallsIsThatOfTheModel");
    }
}
