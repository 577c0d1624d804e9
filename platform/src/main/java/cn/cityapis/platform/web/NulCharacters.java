package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.Violations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text with U+0000 is JSON, but no text that PostgreSQL can hold. */
final class NulCharacters {

    private static final byte[] ESCAPE = "\\u0000".getBytes(StandardCharsets.US_ASCII);

    private NulCharacters() {
    }

    /** Names the values of a well-formed body that hold one; it can only stand there as an escape. */
    static void find(JsonMapper mapper, byte[] body, Violations wrong) {
        if (escaped(body)) {
            find(new StringBuilder(), mapper.readTree(body), wrong);
        }
    }

    private static boolean escaped(byte[] body) {
        for (int i = 0; i + ESCAPE.length <= body.length; i++) {
            if (body[i] == ESCAPE[0]
                    && Arrays.equals(body, i, i + ESCAPE.length, ESCAPE, 0, ESCAPE.length)) {
                return true;
            }
        }
        return false;
    }

    private static void find(StringBuilder pointer, JsonNode node, Violations wrong) {
        if (wrong.isFull()) {
            wrong.leaveIncomplete();
            return;
        }
        if (node.isString() && node.stringValue().indexOf(0) >= 0) {
            wrong.add(pointer.toString(), "invalid-character", "不能含有空字符（U+0000）");
        }
        for (var field : node.properties()) {
            findIn(pointer, field.getKey(), field.getValue(), wrong);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                findIn(pointer, String.valueOf(i), node.get(i), wrong);
            }
        }
    }

    private static void findIn(StringBuilder pointer, String name, JsonNode node, Violations wrong) {
        int length = pointer.length();
        find(pointer.append('/').append(name), node, wrong);
        pointer.setLength(length);
    }
}
