package cn.cityapis.eldercare.waitlist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expected wait from real past flow with competing outcomes. Those ahead go one by one: by moving in, at the rate at
 * which this channel was placed, or otherwise, each at the rate at which people left. The range holds both what is not
 * known of those rates and the chance of the steps themselves; which share ever moves in stands beside it.
 */
public final class ExpectedWaitRules {

    /** Two-sided 80 per cent. */
    private static final double Z = 1.2816;

    private ExpectedWaitRules() {
    }

    /** @param ahead how many stand before him in his channel */
    public static ExpectedWait estimate(Channel channel, long ahead, Flow flow, int leastPlacements) {
        if (channel == Channel.SPECIAL && ahead == 0) {
            return of(ExpectedWait.Status.NO_WAITING, null, null, flow, List.of(),
                    "特殊保障通道无需等待：有适合的空床即可入住，没有时排在下一张床位的首位");
        }
        if (flow.placements() < leastPlacements) {
            return of(ExpectedWait.Status.NOT_ENOUGH_DATA, null, null, flow, List.of(),
                    "数据不足：本机构本通道统计期内仅有 " + flow.placements() + " 例入住，少于估算所需的 " + leastPlacements + " 例");
        }
        Moments wait = moments(ahead, flow);
        // a sum of waiting times is skewed to the right, as the logarithmic normal law is
        double spread = Math.sqrt(Math.log1p(wait.variance() / (wait.mean() * wait.mean())));
        double middle = Math.log(wait.mean()) - spread * spread / 2;
        return of(ExpectedWait.Status.ESTIMATED, (int) Math.floor(Math.exp(middle - Z * spread)),
                (int) Math.ceil(Math.exp(middle + Z * spread)), flow, flow.outcomes(),
                "约八成把握的区间，假定今后的入住与退出情况与统计期相同、且一直等候；不是承诺");
    }

    /** Of the days until he is reached. */
    private record Moments(double mean, double variance) {
    }

    /**
     * With n still ahead, the next step takes 1 / (placed + left · n) days on average; the last is his own. The variance
     * is that of the steps, and that of the two rates, which were counted as Poisson numbers, carried through the mean.
     */
    private static Moments moments(long ahead, Flow flow) {
        double days = Math.max(1, flow.to().toEpochDay() + 1 - flow.from().toEpochDay());
        double placed = flow.placements() / days;
        double left = flow.personDays() <= 0 ? 0 : flow.otherEnds() / flow.personDays();
        Steps steps = Steps.upTo(ahead, placed, left);
        double mean = steps.days();
        double chance = steps.squares();
        double byLeft = left == 0 ? 0 : (mean - placed * chance) / left;
        double ofPlaced = flow.placements() / (days * days);
        double ofLeft = flow.personDays() <= 0 ? 0 : flow.otherEnds() / (flow.personDays() * flow.personDays());
        return new Moments(mean, chance + chance * chance * ofPlaced + byLeft * byLeft * ofLeft);
    }

    private static ExpectedWait of(ExpectedWait.Status status, @Nullable Integer low, @Nullable Integer high, Flow flow,
            List<Outcomes> outcomes, String explanation) {
        return new ExpectedWait(status, low, high, flow.to(), flow.from(), flow.placements(), flow.otherEnds(),
                outcomes,
                explanation);
    }
}
