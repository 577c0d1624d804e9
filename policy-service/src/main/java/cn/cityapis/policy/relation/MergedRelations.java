package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import cn.cityapis.policy.relation.FoundRelation.Kept;
import cn.cityapis.policy.relation.FoundRelation.Place;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.KeptAlive;
import org.jspecify.annotations.Nullable;

/**
 * What was found, told once: a document named by title here and by number there is one, what title and text both say is said
 * once, and what a repealing article (or the one after it) keeps alive is noted with the repeal.
 */
final class MergedRelations {

    private final Map<String, Cited> complete = new HashMap<>();
    private final Map<String, FoundRelation> merged = new LinkedHashMap<>();

    private MergedRelations() {
    }

    static List<FoundRelation> of(List<FoundRelation> found, List<Article> articles) {
        MergedRelations merging = new MergedRelations();
        found.forEach(relation -> merging.learn(relation.target()));
        found.forEach(merging::add);
        return merging.merged.values().stream().filter(relation -> !merging.saidInText(relation))
                .map(relation -> withException(relation, articles)).toList();
    }

    private void learn(@Nullable Cited cited) {
        if (cited != null && cited.number() != null && cited.title() != null) {
            complete.putIfAbsent(cited.titleKey(), cited);
            complete.putIfAbsent(cited.key(), cited);
        }
    }

    private void add(FoundRelation relation) {
        Cited target = relation.target();
        FoundRelation known = target == null || relation.own() ? relation : relation.to(completed(target));
        // the list that names all repealed documents says more than the sentence that names the first of them
        if (known.kind().ends()) {
            merged.remove(key(known, ""));
        }
        merged.putIfAbsent(key(known, known.kind().ends() ? "" : article(known)), known);
    }

    private Cited completed(Cited cited) {
        return Objects.requireNonNullElse(
                cited.number() == null ? complete.get(cited.titleKey()) : complete.get(cited.key()), cited);
    }

    private static String key(FoundRelation relation, String article) {
        Cited target = relation.target();
        Cited source = relation.source();
        return String.join("|", relation.kind().code(), source == null ? "" : source.key(),
                target == null ? "" : target.key(), part(relation), article);
    }

    private static String part(FoundRelation relation) {
        String part = relation.part();
        return part == null || relation.own() ? "" : part;
    }

    private static String article(FoundRelation relation) {
        Place stands = relation.stands();
        return stands == null ? "" : stands.key();
    }

    /** A relation of the title that the text states too. */
    private boolean saidInText(FoundRelation relation) {
        return relation.stands() == null && others(relation).stream()
                .anyMatch(other -> other.stands() != null && key(other, "").equals(key(relation, "")));
    }

    private Collection<FoundRelation> others(FoundRelation relation) {
        List<FoundRelation> others = new ArrayList<>(merged.values());
        others.remove(relation);
        return others;
    }

    private static FoundRelation withException(FoundRelation relation, List<Article> articles) {
        Place stands = relation.stands();
        if (!relation.kind().ends() || stands == null) {
            return relation;
        }
        int at = articles.stream().map(Article::key).toList().indexOf(stands.key());
        Optional<Kept> kept = kept(articles, at).or(() -> kept(articles, at + 1));
        return new FoundRelation(relation.kind(), relation.source(), relation.target(), relation.own(), relation.part(),
                relation.place(), stands, relation.effective(), kept.orElse(null), relation.longer());
    }

    private static Optional<Kept> kept(List<Article> articles, int at) {
        if (at < 0 || at >= articles.size()) {
            return Optional.empty();
        }
        Article article = articles.get(at);
        Optional<KeptAlive> what = OldRights.in(article.text());
        return what.map(one -> new Kept(one, new Place(article.key(), article.label())));
    }
}
