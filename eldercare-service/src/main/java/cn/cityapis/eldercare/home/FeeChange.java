package cn.cityapis.eldercare.home;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 第二十二条: an announced change of one fee item. It holds from its day until the next change of the same item.
 *
 * @param monthlyFen null if the item falls away from that day on
 */
@Schema(description = "已公示的收费变更")
public record FeeChange(@Schema(description = "编号") UUID id,
        @Schema(description = "项目", example = "餐费") String name,
        @Schema(description = "每月（分）；不出现即自该日起取消", example = "65000") @Nullable Long monthlyFen,
        @Schema(description = "执行日期", example = "2027-01-01") LocalDate from) {

    /**
     * The items in force on a day.
     *
     * @param before what held before the first change
     */
    static List<FeeItem> inForce(List<FeeItem> before, List<FeeChange> changes, LocalDate on) {
        Map<String, @Nullable Long> fees = new LinkedHashMap<>();
        before.forEach(item -> fees.put(item.name(), item.monthlyFen()));
        changes.stream().filter(change -> !change.from().isAfter(on)).sorted(Comparator.comparing(FeeChange::from))
                .forEach(change -> fees.put(change.name(), change.monthlyFen()));
        return fees.entrySet().stream().flatMap(fee -> {
            Long fen = fee.getValue();
            return fen == null
                    ? Stream.<FeeItem>empty()
                    : Stream.of(new FeeItem(fee.getKey(), fen));
        }).toList();
    }
}
