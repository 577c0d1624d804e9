package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;

/** The article that a decision rests on, as a link into policy-service. */
@Schema(description = "依据条款")
public record Citation(@Schema(description = "文号", example = "威民发〔2023〕17号") String document,
        @Schema(description = "条", example = "9") int article,
        @Schema(description = "条文链接", example = "/api/policy/v1/documents/by-number/威民发〔2023〕17号/articles/9") String link) {

    private static final String WAITING_LIST_RULE = "威民发〔2023〕17号";

    /** An article of the rule on assessment and waiting for public care homes. */
    public static Citation article(int article) {
        return new Citation(WAITING_LIST_RULE, article,
                "/api/policy/v1/documents/by-number/" + WAITING_LIST_RULE + "/articles/" + article);
    }
}
