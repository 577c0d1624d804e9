package cn.cityapis.policy.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;

/** The forms in which a document can be read. */
enum Form {

    JSON(MediaType.APPLICATION_JSON),
    TEXT(MediaType.parseMediaType("text/plain;charset=UTF-8")),
    MARKDOWN(MediaType.parseMediaType("text/markdown;charset=UTF-8")),
    AKN(MediaType.parseMediaType(Form.AKOMA_NTOSO));

    static final String AKOMA_NTOSO = "application/akn+xml";

    private final MediaType type;

    Form(MediaType type) {
        this.type = type;
    }

    MediaType type() {
        return type;
    }

    /** As the parameter says, else the first that the client accepts, else JSON. */
    static Form of(ServerHttpRequest request, @Nullable String asked) {
        if (asked == null) {
            return accepted(request).orElseThrow(() -> ProblemException.of(CommonProblem.NOT_ACCEPTABLE));
        }
        for (Form form : values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(asked)) {
                return form;
            }
        }
        Violations wrong = new Violations();
        wrong.add("?format", "wrong-value", "应为 json、text、markdown 或 akn");
        wrong.throwIfAny();
        return JSON;
    }

    private static Optional<Form> accepted(ServerHttpRequest request) {
        List<MediaType> accept = accept(request);
        if (accept.isEmpty()) {
            return Optional.of(JSON);
        }
        for (MediaType type : accept) {
            for (Form form : values()) {
                if (type.getQualityValue() > 0 && type.isCompatibleWith(form.type)) {
                    return Optional.of(form);
                }
            }
        }
        return Optional.empty();
    }

    private static List<MediaType> accept(ServerHttpRequest request) {
        try {
            List<MediaType> accept = new ArrayList<>(request.getHeaders().getAccept());
            MimeTypeUtils.sortBySpecificity(accept);
            accept.sort((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()));
            return accept;
        } catch (InvalidMediaTypeException nonsense) {
            throw ProblemException.of(CommonProblem.NOT_ACCEPTABLE);
        }
    }
}
