package cn.cityapis.gateway.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * The samples of the developers' pages. None is written there: each is cut out of a program or of README's walk-through,
 * where tests run it.
 */
final class Samples {

    private static final Pattern PLACE = Pattern.compile("<!--sample:([\\w-]+)-->");
    private static final Pattern STEP = Pattern.compile("(?m)^\\*\\*(\\d)\\. ");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    private final UnaryOperator<String> read;
    private final String publicUrl;

    private record Sample(String language, String code) {
    }

    /**
     * @param read the text of a file of samples, by its name
     * @param publicUrl the platform as seen from outside, in place of the addresses that the programs have
     */
    Samples(UnaryOperator<String> read, String publicUrl) {
        this.read = read;
        this.publicUrl = publicUrl;
    }

    /** Puts the samples where the page wants them: {@code <!--sample:3-->} is the third step in each language. */
    String fill(String page) {
        return PLACE.matcher(page).replaceAll(place -> Matcher.quoteReplacement(shown(place)));
    }

    private String shown(MatchResult place) {
        String name = place.group(1);
        List<Sample> samples = switch (name) {
            case "signature" -> List.of(cut("JavaScript", "signature.js", name), cut("Java", "VerifySignature.java",
                    name));
            case "assertion" -> List.of(cut("Java", "WalkThrough.java", name));
            default ->
                List.of(new Sample("curl", pasted(Integer.parseInt(name))), cut("Java", "WalkThrough.java", name),
                        cut("wx.request", "walk-through.js", name));
        };
        return samples.stream().map(this::html).collect(Collectors.joining("", "<div class=\"languages\">", "</div>"));
    }

    private String html(Sample sample) {
        String code = sample.code().replace("http://localhost:8080", publicUrl).replace("https://city.example.com",
                publicUrl);
        return "<div class=\"sample\" data-language=\"%s\"><h3 class=\"language\">%s</h3><pre><code>%s</code></pre></div>"
                .formatted(sample.language(), sample.language(), HtmlUtils.htmlEscape(code, "UTF-8"));
    }

    /** What stands between {@code // [mark]} and {@code // [/mark]}, without the marks of others and at the margin. */
    private Sample cut(String language, String file, String mark) {
        String source = read.apply(file);
        int from = source.indexOf("// [" + mark + "]\n");
        int to = source.indexOf("// [/" + mark + "]\n", from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException("no sample " + mark + " in " + file);
        }
        String piece = source.substring(source.indexOf('\n', from) + 1, source.lastIndexOf('\n', to) + 1);
        return new Sample(language, piece.replaceAll("(?m)^ *// \\[/?\\w+]\\n", "").stripIndent().strip() + "\n");
    }

    /** The blocks of one step of README's walk-through. */
    private String pasted(int step) {
        String readme = read.apply("README.md");
        List<MatchResult> steps = STEP.matcher(readme).results().toList();
        int end = step < steps.size() ? steps.get(step).start() : readme.indexOf("\n## ", steps.get(step - 1).start());
        List<String> blocks = new ArrayList<>();
        BLOCK.matcher(readme.substring(steps.get(step - 1).start(), end)).results()
                .forEach(block -> blocks.add(block.group(1)));
        return String.join("\n", blocks);
    }
}
