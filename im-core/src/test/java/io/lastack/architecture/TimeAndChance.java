package io.lastack.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The JDK's sources of time, threads and chance, which only {@code io.lastack.ImRuntime} may reach. Everything else is
 * given them, so that a simulator can run the engine that ships. A generator made from a given seed is no source.
 */
final class TimeAndChance {
    private static final String RUNTIME = CoreClasses.ROOT + ".ImRuntime";
    private static final String CONSTRUCTOR = "<init>";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture";

    private static final Map<String, Set<String>> SOURCES = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
            Map.entry(
                    "java.time.Clock",
                    Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes")),
            Map.entry("java.util.Calendar", Set.of("getInstance")),
            Map.entry(
                    "java.lang.Thread", Set.of(CONSTRUCTOR, "sleep", "ofPlatform", "ofVirtual", "startVirtualThread")),
            Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
            Map.entry("java.util.Timer", Set.of(CONSTRUCTOR)),
            Map.entry(
                    "java.util.concurrent.Executors",
                    Set.of(
                            "defaultThreadFactory",
                            "newCachedThreadPool",
                            "newFixedThreadPool",
                            "newScheduledThreadPool",
                            "newSingleThreadExecutor",
                            "newSingleThreadScheduledExecutor",
                            "newThreadPerTaskExecutor",
                            "newVirtualThreadPerTaskExecutor",
                            "newWorkStealingPool")),
            Map.entry("java.util.concurrent.ThreadPoolExecutor", Set.of(CONSTRUCTOR)),
            Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", Set.of(CONSTRUCTOR)),
            Map.entry("java.util.concurrent.ForkJoinPool", Set.of(CONSTRUCTOR, "commonPool")),
            Map.entry(FUTURE, Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
            Map.entry("java.util.random.RandomGenerator", Set.of("of", "getDefault")),
            Map.entry("java.security.SecureRandom", Set.of(CONSTRUCTOR, "getInstance", "getInstanceStrong")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.lang.Math", Set.of("random")));

    /** Sources only where they are made from nothing: a seed or a moment makes values of them. */
    private static final Set<String> SOURCES_IF_UNSEEDED =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.Date");

    private TimeAndChance() {}

    static ArchRule comeOnlyFromTheRuntime() {
        return ArchRuleDefinition.noClasses()
                .that(DescribedPredicate.not(areTheRuntime()))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "the target is a source of time, threads or chance", TimeAndChance::isSource))
                .because("the core is given time, threads and chance, and never takes them");
    }

    private static DescribedPredicate<JavaClass> areTheRuntime() {
        return DescribedPredicate.describe(
                "are " + RUNTIME, type -> outermost(type.getName()).equals(RUNTIME));
    }

    private static boolean isSource(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var name = access.getTarget().getName();
        return SOURCES.getOrDefault(owner, Set.of()).contains(name)
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (SOURCES_IF_UNSEEDED.contains(owner) && name.equals(CONSTRUCTOR) && takesNothing(access))
                || (owner.equals(FUTURE) && name.endsWith("Async") && !takesAnExecutor(access));
    }

    private static boolean takesNothing(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }

    private static boolean takesAnExecutor(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isAssignableTo(Executor.class));
    }

    private static String outermost(String name) {
        var nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
