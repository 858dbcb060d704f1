package io.lastack.testkit.store;

import io.lastack.spi.ImStore;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract of every store. Extend it, and say how to open the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class StoreContract {
    private @Nullable ImStore store;

    /**
     * Opens the store. Called once for all tests of the class; it may hold data of other tests. What it needs must be
     * there before the tests begin: a {@code @TempDir} is a static field.
     */
    protected abstract ImStore open() throws Exception;

    @BeforeAll
    final void openStore() throws Exception {
        store = open();
    }

    @AfterAll
    final void closeStore() {
        ImStore opened = store;
        store = null;
        if (opened != null) {
            opened.close();
            opened.close();
        }
    }

    /** The open store. */
    final ImStore store() {
        return Objects.requireNonNull(store, "the store is not open");
    }

    @Nested
    class Appending extends AppendingSuite {
        Appending() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Repeating extends RepeatingSuite {
        Repeating() {
            super(StoreContract.this);
        }
    }

    @Nested
    class KeepingContent extends ContentSuite {
        KeepingContent() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Reading extends ReadingSuite {
        Reading() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Existence extends ExistenceSuite {
        Existence() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Groups extends GroupSuite {
        Groups() {
            super(StoreContract.this);
        }
    }

    @Nested
    class GroupChanges extends GroupChangeSuite {
        GroupChanges() {
            super(StoreContract.this);
        }
    }

    @Nested
    class OwnSettings extends OwnSettingsSuite {
        OwnSettings() {
            super(StoreContract.this);
        }
    }

    @Nested
    class ListingMembers extends MemberListSuite {
        ListingMembers() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Subscriptions extends SubscriptionSuite {
        Subscriptions() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Belonging extends BelongingSuite {
        Belonging() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Unread extends UnreadSuite {
        Unread() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Revisions extends RevisionSuite {
        Revisions() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Reactions extends ReactionSuite {
        Reactions() {
            super(StoreContract.this);
        }
    }

    @Nested
    class AckCursors extends AckCursorSuite {
        AckCursors() {
            super(StoreContract.this);
        }
    }

    @Nested
    class ReadCursors extends ReadCursorSuite {
        ReadCursors() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Devices extends DeviceSuite {
        Devices() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Receipts extends ReceiptSuite {
        Receipts() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Concurrency extends ConcurrencySuite {
        Concurrency() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Model extends ModelSuite {
        Model() {
            super(StoreContract.this);
        }
    }

    /** What the store declares itself able to do it must do; what it does not declare must not happen. */
    @Nested
    class Powers {
        @TestFactory
        Stream<DynamicTest> deletingOldMessages() {
            return store().retention().isPresent()
                    ? Stream.concat(
                            PowerTests.of(() -> new RetentionSuite(StoreContract.this)),
                            PowerTests.of(() -> new ExtentSuite(StoreContract.this)))
                    : PowerTests.of(() -> new UndeclaredSuites.Retention(StoreContract.this));
        }

        @TestFactory
        Stream<DynamicTest> rememberingHowFarConversationsWereLookedThrough() {
            return store().deliveryMarks().isPresent()
                    ? PowerTests.of(() -> new DeliveryMarkSuite(StoreContract.this))
                    : Stream.empty();
        }

        @TestFactory
        Stream<DynamicTest> erasingUsers() {
            return store().erasure().isPresent()
                    ? PowerTests.of(() -> new ErasureSuite(StoreContract.this))
                    : PowerTests.of(() -> new UndeclaredSuites.Erasure(StoreContract.this));
        }

        @TestFactory
        Stream<DynamicTest> exportingUsers() {
            return store().export().isPresent()
                    ? PowerTests.of(() -> new ExportSuite(StoreContract.this))
                    : PowerTests.of(() -> new UndeclaredSuites.Export(StoreContract.this));
        }

        @TestFactory
        Stream<DynamicTest> renewingTheEpoch() {
            return store().epochRenewal().isPresent()
                    ? PowerTests.of(() -> new EpochSuite(StoreContract.this))
                    : PowerTests.of(() -> new UndeclaredSuites.Epoch(StoreContract.this));
        }

        @TestFactory
        Stream<DynamicTest> keepingPositionsOfAnotherLog() {
            return store().positions().isPresent()
                    ? PowerTests.of(() -> new PositionsSuite(StoreContract.this))
                    : PowerTests.of(() -> new UndeclaredSuites.Positions(StoreContract.this));
        }

        @TestFactory
        Stream<DynamicTest> answeringWherePositionsAreElsewhere() {
            return store().positionsElsewhere().isPresent()
                    ? PowerTests.of(() -> new PositionsElsewhereSuite(StoreContract.this))
                    : PowerTests.of(() -> new UndeclaredSuites.PositionsElsewhere(StoreContract.this));
        }
    }
}
