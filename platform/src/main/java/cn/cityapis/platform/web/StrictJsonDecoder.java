package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request body and names everything that is wrong with it at once: each value of a wrong type, each unknown
 * field, each broken constraint; of very much only the first.
 *
 * <p>Jackson stops at the first value it cannot bind. So a body that does not bind is read again as a tree, from which
 * each offending value is taken out in turn until the rest binds.
 */
final class StrictJsonDecoder extends JacksonJsonDecoder {

    /** Of all trees together that one body is bound from: a large one with many faults must not hold up the others. */
    private static final int MOST_BYTES_BOUND_AGAIN = 4 << 20;

    private final BodyValidator validator;

    StrictJsonDecoder(JsonMapper mapper, BodyValidator validator) {
        super(mapper);
        this.validator = validator;
    }

    @Override
    public Object decode(DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType,
            @Nullable Map<String, Object> hints) throws DecodingException {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        if (bytes.length == 0) {
            throw ProblemException.of(CommonProblem.BODY_MISSING);
        }
        JsonMapper mapper = getMapper();
        JavaType javaType = mapper.constructType(type.getType());
        Violations wrong = new Violations();
        Object value = bind(mapper, javaType, bytes, wrong);
        NulCharacters.find(mapper, bytes, wrong);
        validator.check(value, wrong);
        wrong.throwIfAny();
        if (value == null) {
            throw ProblemException.of(CommonProblem.BODY_MISSING);
        }
        return value;
    }

    private @Nullable Object bind(JsonMapper mapper, JavaType type, byte[] bytes, Violations wrong) {
        try {
            return mapper.readValue(bytes, type);
        } catch (DatabindException | InputCoercionException e) {
            return bindWithoutOffenders(mapper, type, readTree(mapper, bytes), bytes.length, wrong);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private static JsonNode readTree(JsonMapper mapper, byte[] bytes) {
        try {
            return mapper.readTree(bytes);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private static ProblemException malformed(JacksonException e) {
        var where = e.getLocation();
        return ProblemException.of(CommonProblem.MALFORMED_JSON, where == null
                ? CommonProblem.MALFORMED_JSON.title()
                : "第 " + where.getLineNr() + " 行第 " + where.getColumnNr() + " 列附近不是合法的 JSON");
    }

    private @Nullable Object bindWithoutOffenders(JsonMapper mapper, JavaType type, JsonNode tree, int size,
            Violations wrong) {
        if (tree.isMissingNode()) {
            throw ProblemException.of(CommonProblem.BODY_MISSING);
        }
        Set<String> named = new HashSet<>();
        for (int bound = 0; bound <= MOST_BYTES_BOUND_AGAIN && !wrong.isFull(); bound += size) {
            try {
                return mapper.treeToValue(tree, type);
            } catch (DatabindException | InputCoercionException e) {
                Violation violation = BindingErrors.describe(e, tree);
                if (named.add(violation.pointer())) {
                    wrong.add(violation.pointer(), violation.code(), violation.detail());
                }
                if (!BindingErrors.repair(tree, e)) {
                    return null;
                }
            }
        }
        wrong.leaveIncomplete();
        return null;
    }
}
