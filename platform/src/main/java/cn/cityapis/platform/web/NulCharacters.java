package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text with U+0000 is JSON, but no text that PostgreSQL can hold. */
final class NulCharacters {

    private static final byte[] ESCAPE = "\\u0000".getBytes(StandardCharsets.US_ASCII);

    private NulCharacters() {
    }

    /** Names each value of a well-formed body that holds one; it can only stand there as an escape. */
    static void find(JsonMapper mapper, byte[] body, List<Violation> wrong) {
        if (escaped(body)) {
            find("", mapper.readTree(body), wrong);
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

    private static void find(String pointer, JsonNode node, List<Violation> wrong) {
        if (node.isString() && node.stringValue().indexOf(0) >= 0) {
            wrong.add(new Violation(pointer, "invalid-character", "不能含有空字符（U+0000）"));
        }
        for (var field : node.properties()) {
            find(pointer + "/" + field.getKey(), field.getValue(), wrong);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                find(pointer + "/" + i, node.get(i), wrong);
            }
        }
    }
}
