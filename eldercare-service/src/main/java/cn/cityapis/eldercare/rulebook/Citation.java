package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The article that a decision rests on, as a link into policy-service. */
@Schema(description = "依据条款")
public record Citation(@Schema(description = "文号", example = "威民发〔2023〕17号") String document,
        @Schema(description = "条", example = "9") int article,
        @Schema(description = "条文链接（政策服务，已按 URL 编码）", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7/articles/9") String link) {

    static final String WAITING_LIST_RULE = "威民发〔2023〕17号";
    static final int ARTICLES = 30;

    /** An article of the rule of 2023, by which the rules name themselves; {@link RuleBook#cite} says it in a book's own. */
    public static Citation article(int article) {
        if (article < 1 || article > ARTICLES) {
            throw new IllegalArgumentException(WAITING_LIST_RULE + " has no article " + article);
        }
        return new Citation(WAITING_LIST_RULE, article, linkTo(WAITING_LIST_RULE) + "/articles/" + article);
    }

    /** Where policy-service answers with a document; percent-encoded, as HTTP servers refuse raw Chinese in a path. */
    static String linkTo(String number) {
        return "/api/policy/v1/documents/by-number/" + URLEncoder.encode(number, StandardCharsets.UTF_8);
    }
}
