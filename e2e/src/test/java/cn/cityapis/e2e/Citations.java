package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Api.Answer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/** The links into policy-service that the other services gave as the reason of what they decided. */
final class Citations {

    private final Set<String> links = new ConcurrentSkipListSet<>();

    void note(JsonNode body) {
        if (body.isString()) {
            return;
        }
        String link = body.path("link").asString("");
        if (link.startsWith("/api/policy/")) {
            links.add(link);
        }
        body.forEach(this::note);
    }

    /** Every citation of a scheme, by the sources it names; those without a document number are reports. */
    void noteScheme(JsonNode scheme) {
        scheme.findValues("citation").forEach(citation -> scheme.path("sources").forEach(source -> {
            if (source.path("id").equals(citation.path("source")) && source.hasNonNull("number")) {
                String document = "/api/policy/v1/documents/by-number/"
                        + Api.encoded(source.path("number").asString());
                links.add(citation.hasNonNull("article")
                        ? document + "/articles/" + citation.path("article").asString()
                        : document);
            }
        }));
    }

    /** A link whose document or article is not there, or that gives no text, is broken. */
    List<String> broken(Api reader) {
        return List.copyOf(links).stream().filter(link -> !leads(reader.get(link))).toList();
    }

    void cite(String document, int atLeast) {
        assertThat(links.stream().filter(link -> link.contains(Api.encoded(document))))
                .as("articles of %s that were cited", document).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    private static boolean leads(Answer answer) {
        return answer.status() == 200 && !(answer.text("text") + answer.text("title")).isBlank();
    }
}
