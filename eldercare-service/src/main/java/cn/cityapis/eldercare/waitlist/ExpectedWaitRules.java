package cn.cityapis.eldercare.waitlist;

import org.jspecify.annotations.Nullable;

/**
 * The expected wait from real past flow with competing outcomes: those ahead leave by moving in, at the rate at which
 * this channel was placed, or otherwise, each at the rate at which people left.
 */
public final class ExpectedWaitRules {

    /** Two-sided 80 per cent. */
    private static final double Z = 1.2816;

    private ExpectedWaitRules() {
    }

    /** @param ahead how many stand before him in his channel */
    public static ExpectedWait estimate(Channel channel, long ahead, Flow flow, int leastPlacements) {
        if (channel == Channel.SPECIAL && ahead == 0) {
            return of(ExpectedWait.Status.NO_WAITING, null, null, flow, "特殊保障通道无需等待：有适合的空床即可入住，没有时排在下一张床位的首位");
        }
        if (flow.placements() < leastPlacements) {
            return of(ExpectedWait.Status.NOT_ENOUGH_DATA, null, null, flow,
                    "数据不足：本机构本通道统计期内仅有 " + flow.placements() + " 例入住，少于估算所需的 " + leastPlacements + " 例");
        }
        double days = Math.max(1, flow.to().toEpochDay() - flow.from().toEpochDay());
        double spread = Z * Math.sqrt(flow.placements());
        double fast = (flow.placements() + spread) / days;
        double slow = Math.max(1, flow.placements() - spread) / days;
        double leaving = flow.personDays() == 0 ? 0 : (double) flow.otherEnds() / flow.personDays();
        int low = (int) Math.floor(daysUntilServed(ahead + 1, fast, leaving));
        int high = (int) Math.ceil(daysUntilServed(ahead + 1, slow, leaving) + Z / slow);
        return of(ExpectedWait.Status.ESTIMATED, low, high, flow, "约八成把握的区间，假定今后的入住与退出情况与统计期相同；不是承诺");
    }

    /** dn/dt = −placed − leaving·n, solved for n = 0. */
    private static double daysUntilServed(long places, double placed, double leaving) {
        return leaving == 0 ? places / placed : Math.log1p(leaving * places / placed) / leaving;
    }

    private static ExpectedWait of(ExpectedWait.Status status, @Nullable Integer low,
            @Nullable Integer high, Flow flow, String explanation) {
        return new ExpectedWait(status, low, high, flow.to(), flow.from(), flow.placements(), flow.otherEnds(),
                explanation);
    }
}
