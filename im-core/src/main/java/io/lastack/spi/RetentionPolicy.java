package io.lastack.spi;

import io.lastack.log.ConversationId.Kind;
import java.util.EnumMap;
import java.util.Map;

/** What to keep of the logs, by kind of conversation. Immutable. */
public final class RetentionPolicy {
    /** Keeps everything. */
    public static final RetentionPolicy EVERYTHING = new RetentionPolicy(Map.of());

    private final Map<Kind, RetentionRule> rules;

    private RetentionPolicy(Map<Kind, RetentionRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** One rule for conversations of all kinds. */
    public static RetentionPolicy of(RetentionRule rule) {
        RetentionPolicy policy = EVERYTHING;
        for (Kind kind : Kind.values()) {
            policy = policy.with(kind, rule);
        }
        return policy;
    }

    /** The same policy with another rule for conversations of one kind. */
    public RetentionPolicy with(Kind kind, RetentionRule rule) {
        Map<Kind, RetentionRule> changed = new EnumMap<>(Kind.class);
        changed.putAll(rules);
        changed.put(kind, rule);
        return new RetentionPolicy(changed);
    }

    public RetentionRule rule(Kind kind) {
        return rules.getOrDefault(kind, RetentionRule.EVERYTHING);
    }

    public boolean keepsEverything() {
        return rules.values().stream().allMatch(RetentionRule::keepsEverything);
    }

    @Override
    public String toString() {
        return "RetentionPolicy" + new java.util.TreeMap<>(rules);
    }
}
