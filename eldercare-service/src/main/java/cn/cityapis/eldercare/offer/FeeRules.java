package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.BedType;
import cn.cityapis.eldercare.home.FeeItem;
import java.util.List;

/** 第二十二条: fees follow the items and rates that the home publishes. */
final class FeeRules {

    private FeeRules() {
    }

    /** The most that a month can cost in a bed of this type, in fen. */
    static long published(BedType type, List<FeeItem> items) {
        return items.stream().mapToLong(FeeItem::monthlyFen).reduce(type.monthlyFeeFen(), Math::addExact);
    }
}
