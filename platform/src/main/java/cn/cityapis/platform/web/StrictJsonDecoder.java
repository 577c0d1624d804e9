package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * field, each broken constraint.
 *
 * <p>Jackson stops at the first value it cannot bind. So a body that does not bind is read again as a tree, from which
 * each offending value is taken out in turn until the rest binds.
 */
final class StrictJsonDecoder extends JacksonJsonDecoder {

    private static final int MOST_ERRORS = 100;

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
        List<Violation> wrong = new ArrayList<>();
        Object value = bind(mapper, javaType, bytes, wrong);
        NulCharacters.find(mapper, bytes, wrong);
        validator.check(value, wrong);
        if (!wrong.isEmpty()) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "有 " + wrong.size() + " 处需要更正", wrong);
        }
        if (value == null) {
            throw ProblemException.of(CommonProblem.BODY_MISSING);
        }
        return value;
    }

    private @Nullable Object bind(JsonMapper mapper, JavaType type, byte[] bytes, List<Violation> wrong) {
        try {
            return mapper.readValue(bytes, type);
        } catch (DatabindException | InputCoercionException e) {
            return bindWithoutOffenders(mapper, type, readTree(mapper, bytes), wrong);
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

    private @Nullable Object bindWithoutOffenders(JsonMapper mapper, JavaType type, JsonNode tree,
            List<Violation> wrong) {
        if (tree.isMissingNode()) {
            throw ProblemException.of(CommonProblem.BODY_MISSING);
        }
        Set<String> named = new HashSet<>();
        while (wrong.size() < MOST_ERRORS) {
            try {
                return mapper.treeToValue(tree, type);
            } catch (DatabindException | InputCoercionException e) {
                Violation violation = BindingErrors.describe(e, tree);
                if (named.add(violation.pointer())) {
                    wrong.add(violation);
                }
                if (!BindingErrors.repair(tree, e)) {
                    return null;
                }
            }
        }
        return null;
    }
}
