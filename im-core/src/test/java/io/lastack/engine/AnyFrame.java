package io.lastack.engine;

import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every frame that there is, aimed at one conversation: made from the types, so that a new frame is among them. */
final class AnyFrame {
    private AnyFrame() {}

    /** All kinds of frames with all kinds of actions, but for those that begin a session or are none. */
    static List<ClientFrame> aimedAt(String conversation, long seq) {
        return leaves(ClientFrame.class)
                .filter(type -> type != ClientFrame.Hello.class && type != ClientFrame.Invalid.class)
                .flatMap(type -> values(type, conversation, seq).stream())
                .map(ClientFrame.class::cast)
                .toList();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(AnyFrame::leaves)
                : Stream.of(type);
    }

    /** One value of a record for each value that its components may be of. */
    private static List<Object> values(Class<?> type, String conversation, long seq) {
        List<List<Object>> argumentLists = new ArrayList<>();
        argumentLists.add(List.of());
        for (RecordComponent component : type.getRecordComponents()) {
            List<List<Object>> longer = new ArrayList<>();
            for (Object value : valuesOf(component, conversation, seq)) {
                for (List<Object> arguments : argumentLists) {
                    List<Object> more = new ArrayList<>(arguments);
                    more.add(value);
                    longer.add(more);
                }
            }
            argumentLists = longer;
        }
        return argumentLists.stream().map(arguments -> make(type, arguments)).toList();
    }

    private static List<Object> valuesOf(RecordComponent component, String conversation, long seq) {
        Class<?> type = component.getType();
        String name = component.getName();
        if (name.equals("requestId")) {
            return List.of(900L);
        }
        if (type == long.class) {
            return List.of(seq);
        }
        if (type == int.class) {
            return List.of(100);
        }
        if (type == boolean.class) {
            return List.of(false);
        }
        if (type == String.class) {
            return List.of(text(name, conversation));
        }
        if (type == Body.class) {
            return List.of(Body.of("x"));
        }
        if (type == Map.class) {
            return List.of(Map.of());
        }
        if (type == List.class) {
            return List.of(list(name, conversation, seq));
        }
        if (type.isSealed()) {
            return leaves(type)
                    .flatMap(leaf -> values(leaf, conversation, seq).stream())
                    .toList();
        }
        if (type.isRecord()) {
            return values(type, conversation, seq);
        }
        throw new AssertionError("no value for " + component + " of " + component.getDeclaringRecord());
    }

    private static String text(String name, String conversation) {
        return switch (name) {
            case "conversation" -> conversation;
            case "room", "group" -> conversation.substring(conversation.indexOf(':') + 1);
            case "cursor" -> "";
            case "after" -> "a";
            case "type" -> "text";
            case "role" -> "admin";
            case "history" -> "all";
            case "clientMessageId" -> "probe";
            default -> "probe";
        };
    }

    private static List<Object> list(String name, String conversation, long seq) {
        return switch (name) {
            case "positions", "resume" -> List.of(new ClientFrame.Position(conversation, seq));
            case "nacks" -> List.of(new ClientFrame.Nack(conversation, seq, "no"));
            case "users", "members", "watch" -> List.of("probe");
            default -> List.of();
        };
    }

    private static Object make(Class<?> type, List<Object> arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            throw new AssertionError(type + " takes no " + arguments, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made", e);
        }
    }
}
