package io.lastack.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Which package of the core may use which. A package that is not named here has no place yet, and is a violation. */
final class Layers {
    private static final String INTERNAL = "internal";

    /** The entry package, {@code io.lastack} itself. */
    private static final String ENTRY = "";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("error", Set.of()),
            Map.entry("log", Set.of("error")),
            Map.entry("cursor", Set.of("error", "log")),
            Map.entry("receipt", Set.of("error", "log", "cursor")),
            Map.entry("session", Set.of("error", "log", "cursor", "receipt")),
            Map.entry("spi", Set.of("error", "log", "cursor", "receipt", "session")),
            Map.entry("policy", Set.of("error", "log", "session", "spi")),
            Map.entry("mixed", Set.of("error", "log", "cursor", "receipt", "spi")),
            Map.entry("memory", Set.of("error", "log", "cursor", "receipt", "session", "spi", "client", INTERNAL)),
            Map.entry("client", Set.of("error", "log", "cursor", "session", "spi", INTERNAL)),
            Map.entry(INTERNAL, Set.of("error", "log", "cursor", "receipt", "session", "spi")),
            Map.entry(
                    ENTRY,
                    Set.of("error", "log", "cursor", "receipt", "session", "spi", "memory", "client", INTERNAL)));

    private Layers() {}

    static DescribedPredicate<JavaClass> inTheCore() {
        return DescribedPredicate.describe("are in the core", Layers::isCore);
    }

    static ArchCondition<JavaClass> useOnlyTheLayersBelow() {
        return new ArchCondition<>("use only the layers below their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!MAY_USE.containsKey(layerOf(type))) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " lies in a package that no layer names"));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isCore(dependency.getTargetClass()))
                        .filter(dependency -> !allowed(dependency))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static boolean allowed(Dependency dependency) {
        var from = layerOf(dependency.getOriginClass());
        var to = layerOf(dependency.getTargetClass());
        return from.equals(to) || MAY_USE.get(from).contains(to);
    }

    private static boolean isCore(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName();
        return name.equals(CoreClasses.ROOT) || name.startsWith(CoreClasses.ROOT + ".");
    }

    /** All of {@code internal.*} is one layer; circles inside it are another rule's business. */
    private static String layerOf(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName().substring(CoreClasses.ROOT.length());
        var layer = name.isEmpty() ? ENTRY : name.substring(1);
        return layer.startsWith(INTERNAL + ".") ? INTERNAL : layer;
    }
}
