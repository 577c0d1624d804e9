package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.Violation;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What Jackson could not bind, in words a citizen can read. */
final class BindingErrors {

    private static final int LONGEST_NAME = 100;

    private BindingErrors() {
    }

    static Violation describe(JacksonException e, JsonNode tree) {
        String pointer = pointer(e.getPath());
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                new Violation(pointer, "unknown-field", unknown(unknown.getPropertyName()));
            case InvalidFormatException format -> {
                boolean listed = format.getTargetType() != null && format.getTargetType().isEnum();
                yield new Violation(pointer, listed ? "invalid-value" : "wrong-type", expected(format.getTargetType()));
            }
            case MismatchedInputException mismatch when isAbsent(tree.at(pointer)) ->
                new Violation(pointer, "missing", "不能为空，" + expected(mismatch.getTargetType()));
            case MismatchedInputException mismatch ->
                new Violation(pointer, "wrong-type", expected(mismatch.getTargetType()));
            case InputCoercionException coercion -> new Violation(pointer, "out-of-range", "数字超出范围");
            default -> new Violation(pointer, "invalid", "取值无效");
        };
    }

    private static String unknown(String name) {
        return name.length() > LONGEST_NAME ? "没有名称这样长的字段" : "没有名为“" + name + "”的字段";
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "类型不正确";
        }
        if (type.isEnum()) {
            return "只能是 " + Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining("、"))
                    + " 之一";
        }
        if (type == LocalDate.class) {
            return "应为日期，形如 2026-01-31";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "应为带时区的时间，形如 2026-01-31T09:00:00+08:00";
        }
        if (type == UUID.class) {
            return "应为编号（UUID）";
        }
        return "应为" + kind(type);
    }

    private static String kind(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return " true 或 false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class
                || type == short.class) {
            return "整数";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "数字";
        }
        if (type == String.class) {
            return "文字";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "数组";
        }
        return "对象";
    }

    /** Takes the offending value out of the tree, or puts in what a primitive needs; false if neither helps. */
    static boolean repair(JsonNode tree, JacksonException e) {
        List<JacksonException.Reference> path = e.getPath();
        JsonNode parent = tree;
        for (int i = 0; i < path.size() - 1; i++) {
            JsonNode next = child(parent, path.get(i));
            if (next == null) {
                return false;
            }
            parent = next;
        }
        return !path.isEmpty() && repair(parent, path.getLast(), e);
    }

    private static boolean repair(JsonNode parent, JacksonException.Reference at, JacksonException e) {
        JsonNode value = child(parent, at);
        boolean absent = value == null || isAbsent(value);
        if (parent instanceof ObjectNode object && at.getPropertyName() != null) {
            return absent ? putPrimitive(object, at.getPropertyName(), e) : object.remove(at.getPropertyName()) != null;
        }
        if (!absent && parent instanceof ArrayNode array) {
            array.setNull(at.getIndex());
            return true;
        }
        return false;
    }

    private static boolean putPrimitive(ObjectNode object, String name, JacksonException e) {
        Class<?> type = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null || !type.isPrimitive()) {
            return false;
        }
        if (type == boolean.class) {
            object.put(name, false);
        } else {
            object.put(name, 0);
        }
        return true;
    }

    private static @Nullable JsonNode child(JsonNode parent, JacksonException.Reference step) {
        return step.getPropertyName() != null ? parent.get(step.getPropertyName()) : parent.get(step.getIndex());
    }

    static String pointer(List<JacksonException.Reference> path) {
        return path.stream().map(step -> "/" + (step.getPropertyName() != null
                ? step.getPropertyName().replace("~", "~0").replace("/", "~1")
                : String.valueOf(step.getIndex()))).collect(Collectors.joining());
    }
}
