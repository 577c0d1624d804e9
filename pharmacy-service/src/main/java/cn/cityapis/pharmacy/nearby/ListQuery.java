package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.CoordinateRules;
import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.platform.problem.Violations;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where somebody is and all that he needs. Like {@link NearbyQuery} it does not tell his position. */
record ListQuery(Coordinates wgs84, CoordType coordType, List<UUID> drugIds, int withinM, boolean openNow, int limit) {

    static final int MOST_MEDICINES = 20;
    private static final int USUAL_M = 10_000;
    private static final int MOST_M = 50_000;

    @Override
    public String toString() {
        return "ListQuery[" + drugIds.size() + "]";
    }

    /** The parameters as they came. */
    record Parameters(
            @Parameter(description = "纬度（度）", example = "37.5018", required = true, schema = @Schema(type = "number", format = "double", minimum = "-90", maximum = "90")) @Nullable String lat,
            @Parameter(description = "经度（度）", example = "122.1213", required = true, schema = @Schema(type = "number", format = "double", minimum = "-180", maximum = "180")) @Nullable String lon,
            @Parameter(description = "坐标系。传入与返回都用它", example = "gcj02", required = true, schema = @Schema(type = "string", allowableValues = {
                    "wgs84", "gcj02",
                    "bd09"})) @Nullable String coordType,
            @Parameter(description = "药品编号，至多 20 个，以逗号分隔", example = "00000000-0000-7000-8000-000000000000", required = true, schema = @Schema(type = "string", maxLength = 800)) @Nullable String drugIds,
            @Parameter(description = "多远之内（米，1 至 50000）", schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "50000", defaultValue = "10000")) @Nullable String withinM,
            @Parameter(description = "只看现在营业的", schema = @Schema(type = "boolean", defaultValue = "false")) @Nullable String openNow,
            @Parameter(description = "至多返回多少条（1 至 100）", schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "100", defaultValue = "20")) @Nullable String limit) {

        @Override
        public String toString() {
            return "Parameters[…]";
        }

        ListQuery understood() {
            Violations wrong = new Violations();
            var at = CoordinateRules.coordinates(lat, lon, wrong);
            var datum = CoordinateRules.coordType(coordType, wrong);
            List<UUID> drugs = Asked.ids("?drugIds", drugIds, MOST_MEDICINES, wrong);
            int within = Asked.number("?withinM", withinM, USUAL_M, 1, MOST_M, wrong);
            boolean open = Asked.flag("?openNow", openNow, wrong);
            int most = Asked.number("?limit", limit, 20, 1, NearbyQuery.MOST, wrong);
            wrong.throwIfAny();
            CoordType known = datum.orElseThrow();
            return new ListQuery(known.toWgs84(at.orElseThrow()), known, drugs, within, open, most);
        }
    }
}
