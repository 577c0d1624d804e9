package cn.cityapis.identity.clients;

import cn.cityapis.identity.problem.ProblemException;
import cn.cityapis.identity.problem.Violation;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the fields of a JSON object and notes everything that is wrong with them. */
final class FormReader {

    private static final int MOST_WORDS = 50;
    private static final int MOST_KEYS = 5;
    private static final int RSA_BITS = 2048;

    private final JsonNode object;
    private final String at;
    private final List<Violation> found;

    FormReader(@Nullable JsonNode object, Set<String> fields) {
        this(object == null ? MissingNode.getInstance() : object, "", new ArrayList<>(), fields);
    }

    private FormReader(JsonNode object, String at, List<Violation> found, Set<String> fields) {
        this.object = object;
        this.at = at;
        this.found = found;
        if (!object.isObject() && !(at.length() > 0 && absent(object))) {
            wrong("", "type", "应为对象");
        }
        object.propertyNames().stream().filter(name -> !fields.contains(name))
                .forEach(name -> wrong("/" + name.replace("~", "~0").replace("/", "~1"), "unknown-field", "没有这个字段"));
    }

    FormReader inside(String name, Set<String> fields) {
        return new FormReader(object.path(name), at + "/" + name, found, fields);
    }

    void wrong(String pointer, String code, String detail) {
        found.add(new Violation(at + pointer, code, detail));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw ProblemException.of(found);
        }
    }

    @Nullable
    String text(String name, int longest, boolean required) {
        JsonNode value = object.path(name);
        if (absent(value)) {
            if (required) {
                wrong("/" + name, "required", "必填");
            }
            return null;
        }
        if (!value.isString()) {
            wrong("/" + name, "type", "应为文字");
            return null;
        }
        String text = value.asString().strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            wrong("/" + name, "size", "应为 1 到 " + longest + " 个字符，不含控制字符");
        }
        return text;
    }

    @Nullable
    String oneOf(String name, Set<String> allowed, boolean required) {
        String text = text(name, 50, required);
        if (text != null && !allowed.contains(text)) {
            wrong("/" + name, "enum", "只能是：" + String.join("、", allowed.stream().sorted().toList()));
        }
        return text;
    }

    Set<String> words(String name, Predicate<String> known, String otherwise) {
        JsonNode value = object.path(name);
        Set<String> words = new LinkedHashSet<>();
        if (absent(value)) {
            return words;
        }
        if (!value.isArray() || value.size() > MOST_WORDS) {
            wrong("/" + name, "type", "应为不超过 " + MOST_WORDS + " 项的列表");
            return words;
        }
        for (int i = 0; i < value.size(); i++) {
            JsonNode word = value.get(i);
            if (!word.isString() || !known.test(word.asString())) {
                wrong("/" + name + "/" + i, "enum", otherwise);
            } else {
                words.add(word.asString());
            }
        }
        return words;
    }

    @Nullable
    Long number(String name, long least, long most) {
        JsonNode value = object.path(name);
        if (absent(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least
                || value.asLong() > most) {
            wrong("/" + name, "range", "应为 " + least + " 到 " + most + " 的整数");
            return null;
        }
        return value.asLong();
    }

    /** Public keys for ES256 and RS256 as a JWK set. */
    JWKSet keys(String name) {
        JsonNode value = object.path(name);
        if (absent(value)) {
            return new JWKSet();
        }
        try {
            JWKSet keys = JWKSet.parse(value.isObject() ? value.toString() : "");
            if (keys.getKeys().size() > MOST_KEYS || !keys.getKeys().stream().allMatch(FormReader::suitable)) {
                wrong("/" + name, "keys", "应为不超过 " + MOST_KEYS + " 把公钥：EC P-256，或 2048 位以上的 RSA；不得含私钥，kid 必填且不重复");
            } else if (keys.getKeys().stream().map(JWK::getKeyID).distinct().count() < keys.getKeys().size()) {
                wrong("/" + name, "keys", "kid 重复");
            }
            return keys.toPublicJWKSet();
        } catch (ParseException | IllegalArgumentException e) {
            wrong("/" + name, "keys", "应为 JWK Set（RFC 7517）");
            return new JWKSet();
        }
    }

    private static boolean suitable(JWK key) {
        boolean strong = switch (key) {
            case ECKey ec -> Curve.P_256.equals(ec.getCurve());
            case RSAKey rsa -> rsa.size() >= RSA_BITS;
            default -> false;
        };
        return strong && !key.isPrivate() && key.getKeyID() != null;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
