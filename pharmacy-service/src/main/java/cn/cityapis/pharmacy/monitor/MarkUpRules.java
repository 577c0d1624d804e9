package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.money.Fen;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** 威医保发〔2023〕33号 二（一）: what a public institution may ask for what it paid. Private ones are not bound by it. */
final class MarkUpRules {

    private MarkUpRules() {
    }

    /** @param markupBp what may be added, in ten-thousandths of what was paid */
    record Rule(String category, LocalDate from, LocalDate to, int markupBp, String basis) {
    }

    /** The rules of a day for what stands in the catalogue; of reagents the article says nothing. */
    record InForce(Map<ProductKind, Rule> rules) {

        static final InForce NONE = new InForce(Map.of());

        Optional<Rule> of(ProductKind kind) {
            return Optional.ofNullable(rules.get(kind));
        }
    }

    static InForce inForce(Collection<Rule> all, LocalDate day) {
        Map<ProductKind, Rule> rules = new EnumMap<>(ProductKind.class);
        for (ProductKind kind : ProductKind.values()) {
            inForce(all, kind.code(), day).ifPresent(rule -> rules.put(kind, rule));
        }
        return new InForce(rules);
    }

    /** The rule in force on a day; none before it and after its end. */
    static Optional<Rule> inForce(Collection<Rule> all, String category, LocalDate day) {
        return all.stream().filter(rule -> rule.category().equals(category) && !day.isBefore(rule.from())
                && !day.isAfter(rule.to())).findFirst();
    }

    /**
     * A public institution's price above what it may ask is red, however little; the rest is judged as everywhere.
     *
     * @param paid what it paid: of a procured medicine the procured price
     * @param rule the one in force, if there is one
     */
    static PriceRules.Judgement judge(PriceRules.Judgement judged, Fen retail, Fen paid, Optional<Rule> rule) {
        if (rule.isEmpty() || retail.compareTo(highest(paid, rule.get())) <= 0) {
            return judged;
        }
        List<String> reasons = new ArrayList<>(List.of("markup"));
        if (judged.level() == PriceLevel.RED) {
            reasons.addAll(judged.reasons());
        }
        return new PriceRules.Judgement(PriceLevel.RED, List.copyOf(reasons));
    }

    /** Highest price for what was paid; a fraction of a fen is nobody's. */
    static Fen highest(Fen paid, Rule rule) {
        return new Fen(BigInteger.valueOf(paid.amount()).multiply(BigInteger.valueOf(10_000L + rule.markupBp()))
                .divide(BigInteger.valueOf(10_000)).longValueExact());
    }
}
