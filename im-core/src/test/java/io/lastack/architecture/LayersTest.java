package io.lastack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final JavaClasses CORE = CoreClasses.load();

    @Test
    void aPackageUsesOnlyTheLayersBelowIt() {
        classes()
                .that(Layers.inTheCore())
                .should(Layers.useOnlyTheLayersBelow())
                .check(CORE);
    }

    @Test
    void packagesFormNoCircle() {
        slices().assignedFrom(byPackage()).should().beFreeOfCycles().check(CORE);
    }

    private static SliceAssignment byPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(CoreClasses.ROOT)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of the core";
            }
        };
    }
}
