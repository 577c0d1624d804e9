package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Position;
import cn.cityapis.pharmacy.institution.PharmacyView;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A GeoJSON feature collection (RFC 7946). Its positions are in the datum that it names, which need not be WGS-84. */
@Schema(name = "PharmacyFeatures", description = "GeoJSON FeatureCollection：药店的位置，坐标系见 coordType")
record GeoJson(@Schema(type = "string", allowableValues = {
        "wgs84", "gcj02", "bd09"}, description = "坐标系", example = "gcj02") CoordType coordType,
        @Schema(description = "要素") List<Feature> features) {

    static final String MEDIA_TYPE = "application/geo+json";

    static GeoJson of(CoordType coordType, List<Feature> features) {
        return new GeoJson(coordType, features);
    }

    @JsonProperty
    @Schema(description = "固定为 FeatureCollection", example = "FeatureCollection")
    public String type() {
        return "FeatureCollection";
    }

    /** A place, or several that stand too close together to be told apart. */
    @Schema(name = "PharmacyFeature", description = "GeoJSON Feature：一家药店，或地图上挤在一起的几家")
    record Feature(@Schema(description = "位置") Geometry geometry,
            @Schema(description = "药店，或几家的合计") Properties properties) {

        @JsonProperty
        @Schema(description = "固定为 Feature", example = "Feature")
        public String type() {
            return "Feature";
        }

        static Feature of(PharmacyView place, @Nullable Long distanceM, boolean openNow, @Nullable Offer offer) {
            return new Feature(Geometry.of(place.position()), new Properties(false, 1, place.pharmacyId(),
                    place.name(), place.kind(), openNow, distanceM, offer));
        }

        static Feature cluster(Position middle, int count) {
            return new Feature(Geometry.of(middle), new Properties(true, count, null, null, null, null, null, null));
        }
    }

    @Schema(name = "PharmacyGeometry", description = "GeoJSON Point：经度在前，纬度在后")
    record Geometry(@Schema(description = "经度、纬度", example = "[122.1213, 37.5018]") List<Double> coordinates) {

        @JsonProperty
        @Schema(description = "固定为 Point", example = "Point")
        public String type() {
            return "Point";
        }

        static Geometry of(Position position) {
            return new Geometry(List.of(position.lon(), position.lat()));
        }
    }

    @Schema(name = "PharmacyProperties", description = "一家机构，或聚合的多家")
    record Properties(@Schema(description = "是否为聚合") boolean cluster,
            @Schema(description = "家数", example = "12") int count,
            @Schema(description = "机构编号；聚合时不出现") @Nullable UUID pharmacyId,
            @Schema(description = "名称；聚合时不出现") @Nullable String name,
            @Schema(description = "类型；聚合时不出现", allowableValues = {
                    "store", "private_hospital", "clinic", "public_hospital"}) @Nullable String kind,
            @Schema(description = "现在是否营业；聚合时不出现") @Nullable Boolean openNow,
            @Schema(description = "球面距离（米）；按框查询时不出现") @Nullable Long distanceM,
            @Schema(description = "所查药品的情况；未指定药品或聚合时不出现") @Nullable Offer offer) {
    }
}
