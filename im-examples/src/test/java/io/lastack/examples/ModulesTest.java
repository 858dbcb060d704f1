package io.lastack.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between modules, which the class path of the examples does not hold by itself. */
class ModulesTest {
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.lastack");

    private static final String CORE_INTERNAL = "io.lastack.internal..";
    private static final String STORES = "io.lastack.store..";
    private static final String TRANSPORTS = "io.lastack.transport..";
    private static final String PROTOCOL = "io.lastack.proto..";
    private static final String EXAMPLES = "io.lastack.examples..";
    private static final String TESTKIT = "io.lastack.testkit..";

    @Test
    void theClassesOfEveryModuleAreSeen() {
        var packages = ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .contains(
                        "io.lastack.log",
                        "io.lastack.testkit",
                        "io.lastack.proto",
                        "io.lastack.store.jdbc",
                        "io.lastack.store.redis",
                        "io.lastack.transport.tyrus",
                        "io.lastack.examples");
    }

    @Test
    void nothingOutsideTheCoreUsesItsInternals() {
        noClasses()
                .that(resideInAnyPackage(STORES, TRANSPORTS, PROTOCOL, EXAMPLES, TESTKIT))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE_INTERNAL)
                .check(ALL);
    }

    @Test
    void storesKnowNoTransport() {
        noClasses()
                .that()
                .resideInAPackage(STORES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORTS, PROTOCOL)
                .check(ALL);
    }

    @Test
    void transportsAndTheProtocolKnowNoStore() {
        noClasses()
                .that()
                .resideInAnyPackage(TRANSPORTS, PROTOCOL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(STORES)
                .check(ALL);
    }
}
