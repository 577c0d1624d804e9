package cn.cityapis.policy.entitlement;

import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The vocabulary of audiences: data, read from a versioned file. */
final class Audiences {

    private static final String FILE = "/entitlement/audiences-1.txt";
    private static final Audiences SHIPPED = new Audiences(read());

    @Schema(description = "一类受众")
    record Audience(@Schema(description = "代码", example = "high-tech-enterprise") String code,
            @Schema(description = "名称", example = "高新技术企业") String name,
            @Schema(description = "上位类别的代码", example = "enterprise") @Nullable String broader,
            @Schema(description = "文件中的叫法", example = "[\"高新技术企业\"]") List<String> terms) {
    }

    @Schema(description = "条目中提到的受众")
    record Mention(@Schema(description = "位置") Span span,
            @Schema(description = "代码", example = "high-tech-enterprise") String code,
            @Schema(description = "原文", example = "高新技术企业") String text) {
    }

    private record Term(String term, Audience audience) {
    }

    private final List<Audience> all;
    /** By their first character, the longest first. */
    private final Map<Character, List<Term>> terms;

    private Audiences(List<Audience> all) {
        this.all = List.copyOf(all);
        this.terms = all.stream().flatMap(one -> one.terms().stream().map(term -> new Term(term, one)))
                .sorted(Comparator.comparingInt((Term term) -> term.term().length()).reversed())
                .collect(Collectors.groupingBy(term -> term.term().charAt(0)));
    }

    static Audiences shipped() {
        return SHIPPED;
    }

    private static List<Audience> read() {
        try (InputStream in = Objects.requireNonNull(Audiences.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\|")))
                    .map(cells -> new Audience(cells.get(0), cells.get(1),
                            cells.get(2).equals("-") ? null : cells.get(2), List.of(cells.get(3).split(","))))
                    .toList();
        } catch (IOException missing) {
            throw new IllegalStateException(FILE + " is missing from the build", missing);
        }
    }

    List<Audience> all() {
        return all;
    }

    /** By code, name or any term. */
    Optional<Audience> find(String asked) {
        return all.stream()
                .filter(one -> one.code().equals(asked) || one.name().equals(asked) || one.terms().contains(asked))
                .findFirst();
    }

    /** The audience itself, those it belongs to, and those that belong to it. */
    Set<String> related(String code) {
        Set<String> codes = new LinkedHashSet<>();
        for (Optional<Audience> up = find(code); up.isPresent(); up = Optional.ofNullable(up.get().broader())
                .flatMap(this::find)) {
            codes.add(up.get().code());
        }
        codes.addAll(all.stream().filter(one -> isBelow(one, code)).map(Audience::code).collect(Collectors.toSet()));
        return codes;
    }

    private boolean isBelow(Audience one, String code) {
        String broader = one.broader();
        return broader != null && (broader.equals(code) || find(broader).filter(up -> isBelow(up, code)).isPresent());
    }

    /** The longest term wins; none overlaps another. */
    List<Mention> mentions(String text) {
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            Term term = at(text, i);
            if (term != null) {
                int end = i + term.term().length();
                found.add(new Mention(new Span(i, end), term.audience().code(), term.term()));
                i = end - 1;
            }
        }
        return found;
    }

    private @Nullable Term at(String text, int place) {
        for (Term term : terms.getOrDefault(text.charAt(place), List.of())) {
            if (text.startsWith(term.term(), place)) {
                return term;
            }
        }
        return null;
    }
}
