package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.TriState;
import java.util.List;

/**
 * What a scheme says about a case, in short: the same answer as {@link Outcome}, without its trace, for millions of cases.
 *
 * @param fen in all, if yes (0 where no figure is laid down); else 0
 * @param isCeiling the fen are a ceiling, not an amount
 * @param names of a no: the conditions that fail; while unknown: the facts that are missing
 */
public record Verdict(TriState result, long fen, boolean isCeiling, List<String> names) {
}
