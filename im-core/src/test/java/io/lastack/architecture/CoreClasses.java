package io.lastack.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The compiled main classes of this module. */
final class CoreClasses {
    static final String ROOT = "io.lastack";

    private CoreClasses() {}

    static JavaClasses load() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        var found = classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .count();
        if (found == 0) {
            throw new AssertionError("no compiled class found under " + ROOT + ": nothing would be checked");
        }
        return classes;
    }
}
