package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Questions of citizens with graded answers, and how well a ranking answers them. */
record RelevanceSet(List<Judged> questions) {

    private static final int DEPTH = 10;
    private static final int TOP = 3;

    /**
     * @param held   every third question: never looked at while tuning
     * @param grades of articles, as number#key; number#* is any article of the document
     */
    record Judged(int id, boolean held, String sort, String question, Map<String, Integer> grades) {

        int grade(String article) {
            String any = article.substring(0, article.indexOf('#')) + "#*";
            return grades.getOrDefault(article, grades.getOrDefault(any, 0));
        }

        private double ndcg(List<String> ranked) {
            return gain(ranked.stream().limit(DEPTH).map(this::grade).toList()) / gain(ideal());
        }

        /** The best ranking there can be; any article of a document counts as many as are looked at. */
        private List<Integer> ideal() {
            List<Integer> ideal = new ArrayList<>();
            grades.forEach((article, grade) -> {
                for (int i = 0; i < (article.endsWith("#*") ? TOP : 1); i++) {
                    ideal.add(grade);
                }
            });
            return ideal.stream().sorted((a, b) -> b - a).limit(DEPTH).toList();
        }

        private static double gain(List<Integer> grades) {
            double gain = 0;
            for (int i = 0; i < grades.size(); i++) {
                gain += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2));
            }
            return gain;
        }

        /** From 1; nothing where no answer is among the first ten. */
        int firstAnswer(List<String> ranked) {
            for (int i = 0; i < Math.min(DEPTH, ranked.size()); i++) {
                if (grade(ranked.get(i)) == 2) {
                    return i + 1;
                }
            }
            return 0;
        }
    }

    record Measured(int questions, double ndcg10, double mrr10, double success3) {

        @Override
        public String toString() {
            return String.format("%.3f  %.3f  %5.1f %%", ndcg10, mrr10, success3 * 100);
        }
    }

    static RelevanceSet read() {
        try (InputStream in = Objects
                .requireNonNull(RelevanceSet.class.getResourceAsStream("/relevance/gazette-2023-04.tsv"))) {
            return new RelevanceSet(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(RelevanceSet::judged).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Judged judged(String line) {
        String[] columns = line.split("\t");
        Map<String, Integer> grades = new HashMap<>();
        Arrays.stream(columns[4].split(" ")).map(answer -> answer.split("="))
                .forEach(answer -> grades.put(answer[0], Integer.valueOf(answer[1])));
        return new Judged(Integer.parseInt(columns[0]), columns[1].equals("held"), columns[2], columns[3], grades);
    }

    RelevanceSet part(boolean held) {
        return new RelevanceSet(questions.stream().filter(question -> question.held() == held).toList());
    }

    /** @param ranking the articles that answer a question, the best first, at least ten where there are as many */
    Measured measure(Function<String, List<String>> ranking) {
        double ndcg = 0;
        double reciprocal = 0;
        double success = 0;
        for (Judged question : questions) {
            List<String> ranked = ranking.apply(question.question());
            int first = question.firstAnswer(ranked);
            // of a document that is asked for by its number any three articles are as good as all of them
            ndcg += Math.min(1, question.ndcg(ranked));
            reciprocal += first == 0 ? 0 : 1.0 / first;
            success += first > 0 && first <= TOP ? 1 : 0;
        }
        int n = questions.size();
        return new Measured(n, ndcg / n, reciprocal / n, success / n);
    }

    /** Questions without an answer among the first three, each with its answers and what was found instead. */
    List<String> outside(Function<String, List<String>> ranking) {
        List<String> outside = new ArrayList<>();
        for (Judged question : questions) {
            List<String> ranked = ranking.apply(question.question());
            int first = question.firstAnswer(ranked);
            if (first == 0 || first > TOP) {
                outside.add(question.id() + " " + question.question() + " (answer at " + first + "): wanted "
                        + question.grades() + ", found " + ranked.stream().limit(TOP).toList());
            }
        }
        return outside;
    }
}
