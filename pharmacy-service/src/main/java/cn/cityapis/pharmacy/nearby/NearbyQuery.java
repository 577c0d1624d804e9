package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.DrugQuery;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.CoordinateRules;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.problem.Violations;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is and what he looks for, understood. The position lives as long as the request: it is neither stored
 * nor logged, and {@link #toString} does not tell it.
 */
record NearbyQuery(Coordinates wgs84, CoordType coordType, Wanted wanted, boolean openNow, boolean atProcuredPrice,
        int limit) {

    static final int MOST = 100;
    private static final int USUAL = 20;

    /** Which medicine, if any. */
    sealed interface Wanted {

        record Anything() implements Wanted {
        }

        record ById(UUID drugId) implements Wanted {
        }

        record ByText(DrugQuery text) implements Wanted {
        }
    }

    @Override
    public String toString() {
        return "NearbyQuery[" + wanted + "]";
    }

    /** The parameters as they came: texts, so that all that is wrong can be named at once. */
    record Parameters(
            @Parameter(description = "纬度（度）", example = "37.5018", required = true, schema = @Schema(type = "number", format = "double", minimum = "-90", maximum = "90")) @Nullable String lat,
            @Parameter(description = "经度（度）", example = "122.1213", required = true, schema = @Schema(type = "number", format = "double", minimum = "-180", maximum = "180")) @Nullable String lon,
            @Parameter(description = "坐标系：wgs84、gcj02（微信、高德）、bd09（百度）。传入与返回都用它", example = "gcj02", required = true, schema = @Schema(type = "string", allowableValues = {
                    "wgs84", "gcj02",
                    "bd09"})) @Nullable String coordType,
            @Parameter(description = "药品编号；与 q 二选一", schema = @Schema(type = "string", format = "uuid")) @Nullable String drugId,
            @Parameter(description = "药名、拼音或首字母；与 drugId 二选一", example = "阿卡波糖片", schema = @Schema(type = "string", maxLength = 50)) @Nullable String q,
            @Parameter(description = "只看现在营业的", schema = @Schema(type = "boolean", defaultValue = "false")) @Nullable String openNow,
            @Parameter(description = "只看不高于中选价的；须与 drugId 或 q 同用", schema = @Schema(type = "boolean", defaultValue = "false")) @Nullable String atProcuredPrice,
            @Parameter(description = "至多返回多少条（1 至 100）", schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "100", defaultValue = "20")) @Nullable String limit) {

        @Override
        public String toString() {
            return "Parameters[…]";
        }

        NearbyQuery understood() {
            Violations wrong = new Violations();
            var at = CoordinateRules.coordinates(lat, lon, wrong);
            var datum = CoordinateRules.coordType(coordType, wrong);
            Wanted wanted = wanted(wrong);
            boolean open = Asked.flag("?openNow", openNow, wrong);
            boolean procured = Asked.flag("?atProcuredPrice", atProcuredPrice, wrong);
            int most = Asked.number("?limit", limit, USUAL, 1, MOST, wrong);
            if (procured && wanted instanceof Wanted.Anything) {
                wrong.add("?atProcuredPrice", "missing-medicine", "只看中选价时请用 drugId 或 q 说明药品");
            }
            wrong.throwIfAny();
            CoordType known = datum.orElseThrow();
            return new NearbyQuery(known.toWgs84(at.orElseThrow()), known, wanted, open, procured, most);
        }

        private Wanted wanted(Violations wrong) {
            boolean byText = q != null && !q.isBlank();
            if (drugId == null || drugId.isBlank()) {
                return byText ? byText(wrong) : new Wanted.Anything();
            }
            if (byText) {
                wrong.add("?q", "ambiguous", "drugId 与 q 只能给一个");
            }
            return Asked.id("?drugId", drugId, wrong).<Wanted>map(Wanted.ById::new).orElseGet(Wanted.Anything::new);
        }

        private Wanted byText(Violations wrong) {
            String text = q == null ? "" : q;
            if (text.strip().length() > DrugQuery.MAX_LENGTH) {
                wrong.add("?q", "size", "至多 50 字");
                return new Wanted.Anything();
            }
            return new Wanted.ByText(new DrugQuery(text));
        }
    }
}
