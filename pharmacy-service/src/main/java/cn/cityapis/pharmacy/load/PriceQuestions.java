package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.load.CatalogueState.AwardKey;
import cn.cityapis.pharmacy.load.CatalogueState.KnownAward;
import cn.cityapis.pharmacy.load.CatalogueState.KnownPrice;
import cn.cityapis.pharmacy.load.CatalogueState.PriceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks about prices that were most likely given in yuan, or multiplied by a hundred twice: beside all that is known of
 * the medicine; where nothing is, beside all that the file says of it, and beside what any pack costs.
 */
final class PriceQuestions {

    static final String PROCURED = "procured";
    private static final long LEAST_FEN = 20;
    /** Of first prices most are above a yuan a pack; where most are below, the file is in yuan. */
    private static final long USUAL_FEN = 100;
    private static final Map<String, String> NAMES = Map.of(PROCURED, "中选价", "listed", "挂网价", "retail", "零售价",
            "payment_standard", "支付标准", "before", "集采前价格");

    private final Map<UUID, List<Told>> known;
    private final CatalogueState catalogue;
    private final List<Told> said = new ArrayList<>();

    PriceQuestions(CatalogueState catalogue) {
        this.catalogue = catalogue;
        this.known = Stream.concat(
                catalogue.current().entrySet().stream()
                        .map(e -> new Told(0, e.getKey().drug(), e.getKey().kind(), e.getValue())),
                catalogue.awards().entrySet().stream().flatMap(e -> Stream.ofNullable(e.getValue().priceFen())
                        .map(fen -> new Told(0, e.getKey().drug(), PROCURED, fen))))
                .collect(Collectors.groupingBy(Told::drug));
    }

    private record Told(int line, UUID drug, String kind, long fen) {

        /**
         * Whether it is so far from another price of the medicine that one of the two is in the wrong unit. Procurement has
         * brought prices down, by nine tenths and more, and hardly ever up.
         */
        boolean isFarFrom(Told other) {
            long below = isBefore() == other.isBefore() ? 20 : isBefore() ? 2 : 50;
            long above = isBefore() == other.isBefore() ? 20 : isBefore() ? 50 : 2;
            return fen <= other.fen / below || fen / above >= other.fen;
        }

        private boolean isBefore() {
            return kind.equals("before");
        }
    }

    /** A line that is good and says something new. */
    void said(int line, UUID drug, String kind, long fen) {
        said.add(new Told(line, drug, kind, fen));
    }

    /** An award and the price of its first day are loaded one by one; of two that differ the price row would hold. */
    @Nullable
    Question aboutFirstDay(AwardKey key, KnownAward line) {
        KnownPrice price = catalogue.prices().get(new PriceKey(key.drug(), PROCURED, key.area(), line.from()));
        return price == null || line.priceFen() == null || line.priceFen() == price.fen()
                ? null
                : new Question("priceFen", "differs",
                        "价格记录中 " + line.from() + " 起的中选价为 " + price.fen() + " 分，与本行不同，执行以价格记录为准");
    }

    /** The lines, with what has to be asked about their prices. */
    List<Judged> asked(List<Judged> lines) {
        Map<Integer, Told> byLine = said.stream().collect(Collectors.toMap(Told::line, Function.identity()));
        Map<UUID, List<Told>> together = new HashMap<>(said.stream().collect(Collectors.groupingBy(Told::drug)));
        boolean inYuan = looksLikeYuan();
        return lines.stream().map(line -> {
            Told told = byLine.get(line.line());
            return told == null
                    ? line
                    : question(told, together.getOrDefault(told.drug(), List.of()), inYuan).map(line::asked)
                            .orElse(line);
        }).toList();
    }

    private boolean looksLikeYuan() {
        List<Long> first = said.stream().filter(told -> !known.containsKey(told.drug())).map(Told::fen).sorted()
                .toList();
        return !first.isEmpty() && first.get(first.size() / 2) < USUAL_FEN;
    }

    private Optional<Question> question(Told told, List<Told> together, boolean inYuan) {
        List<Told> there = known.getOrDefault(told.drug(), List.of());
        return (there.isEmpty() ? together.stream().filter(other -> other.line() != told.line()) : there.stream())
                .filter(told::isFarFrom).findFirst()
                .map(other -> "与该药品的" + NAMES.get(other.kind()) + " " + other.fen() + " 分相差悬殊，请核对单位是否为“分”")
                .or(() -> there.isEmpty() && (inYuan || told.fen() < LEAST_FEN)
                        ? Optional.of("每包装 " + told.fen() + " 分，看来过低，请核对单位是否为“分”")
                        : Optional.empty())
                .map(text -> new Question("priceFen", "suspicious-magnitude", text));
    }
}
