package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.geo.Box;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.CoordinateRules;
import cn.cityapis.platform.problem.Violations;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which part of the map is shown, how large, and with which medicine. */
record MapQuery(Box box, CoordType coordType, int zoom, @Nullable UUID drugId, boolean openNow) {

    static final int MOST_ZOOM = 22;
    /** A screen of 4,096 by 4,096 pixels. */
    private static final int MOST_CELLS = 4_300;

    /** The parameters as they came. */
    record Parameters(
            @Parameter(description = "地图范围：西经度,南纬度,东经度,北纬度；西大于东表示跨越180度经线", example = "122.0,37.4,122.2,37.6", required = true, schema = @Schema(type = "string", maxLength = 200)) @Nullable String bbox,
            @Parameter(description = "坐标系。传入与返回都用它", example = "gcj02", required = true, schema = @Schema(type = "string", allowableValues = {
                    "wgs84", "gcj02",
                    "bd09"})) @Nullable String coordType,
            @Parameter(description = "地图级别（0 至 22）；范围内机构多时按级别聚合", example = "12", required = true, schema = @Schema(type = "integer", format = "int32", minimum = "0", maximum = "22")) @Nullable String zoom,
            @Parameter(description = "只看有此药的；药品编号", schema = @Schema(type = "string", format = "uuid")) @Nullable String drugId,
            @Parameter(description = "只看现在营业的", schema = @Schema(type = "boolean", defaultValue = "false")) @Nullable String openNow) {

        MapQuery understood() {
            Violations wrong = new Violations();
            Optional<Box> box = CoordinateRules.box(bbox, wrong);
            Optional<CoordType> datum = CoordinateRules.coordType(coordType, wrong);
            if (zoom == null) {
                wrong.add("?zoom", "missing", "请给出地图级别 zoom（0 至 22）");
            }
            int level = Asked.number("?zoom", zoom, 0, 0, MOST_ZOOM, wrong);
            UUID drug = drugId == null ? null : Asked.id("?drugId", drugId, wrong).orElse(null);
            boolean open = Asked.flag("?openNow", openNow, wrong);
            if (level >= 0 && level <= MOST_ZOOM && box.filter(b -> b.cellsCovered(level) > MOST_CELLS).isPresent()) {
                wrong.add("?bbox", "box-too-large", "这个级别下范围过大，请缩小范围或降低 zoom");
            }
            wrong.throwIfAny();
            return new MapQuery(box.orElseThrow(), datum.orElseThrow(), level, drug, open);
        }
    }
}
