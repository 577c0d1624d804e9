package cn.cityapis.pharmacy.geo;

import io.swagger.v3.oas.annotations.media.Schema;

/** A point at the edge of the service, which always names its datum; seven decimals are about a centimetre. */
@Schema(description = "坐标，总是注明坐标系")
public record Position(@Schema(description = "纬度", example = "37.5012345") double lat,
        @Schema(description = "经度", example = "122.1234567") double lon,
        @Schema(description = "坐标系", type = "string", allowableValues = {
                "wgs84", "gcj02",
                "bd09"}, example = "gcj02") CoordType coordType) {

    /** A WGS-84 point as somebody who uses another datum wants to see it. */
    public static Position of(Coordinates wgs84, CoordType shownIn) {
        Coordinates shown = shownIn.fromWgs84(wgs84);
        return new Position(rounded(shown.lat()), rounded(shown.lon()), shownIn);
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * 1e7) / 1e7;
    }
}
