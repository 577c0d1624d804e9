package cn.cityapis.pharmacy.geo;

import cn.cityapis.platform.problem.Violations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads coordinates as people send them, and says what is wrong with them. */
public final class CoordinateRules {

    private CoordinateRules() {
    }

    /** Reads a datum, which is never guessed: a wrong guess costs half a kilometre. */
    public static Optional<CoordType> coordType(@Nullable String text, Violations wrong) {
        if (text == null || text.isBlank()) {
            wrong.add("?coordType", "missing", "请注明坐标系 coordType：wgs84、gcj02（微信、高德）或 bd09（百度）");
            return Optional.empty();
        }
        Optional<CoordType> type = CoordType.parse(text);
        if (type.isEmpty()) {
            wrong.add("?coordType", "invalid-value", "坐标系只能是 wgs84、gcj02、bd09 之一");
        }
        return type;
    }

    /** Reads a point in degrees; values that are in range only after an exchange look swapped. */
    public static Optional<Coordinates> coordinates(@Nullable String latitude, @Nullable String longitude,
            Violations wrong) {
        return coordinates("?", latitude, longitude, wrong);
    }

    private static Optional<Coordinates> coordinates(String pointer, @Nullable String latitude,
            @Nullable String longitude, Violations wrong) {
        String atLat = pointer.equals("?") ? "?lat" : pointer;
        String atLon = pointer.equals("?") ? "?lon" : pointer;
        Optional<Double> lat = degrees(atLat, "纬度 lat", latitude, wrong);
        Optional<Double> lon = degrees(atLon, "经度 lon", longitude, wrong);
        if (lat.isEmpty() || lon.isEmpty()) {
            return Optional.empty();
        }
        if (looksSwapped(lat.get(), lon.get())) {
            wrong.add(atLat, "coordinates-swapped", "lat 与 lon 看起来写反了：lat 是纬度，lon 是经度");
            return Optional.empty();
        }
        boolean fits = inRange(atLat, "纬度 lat", lat.get(), 90, wrong);
        fits &= inRange(atLon, "经度 lon", lon.get(), 180, wrong);
        return fits ? Optional.of(new Coordinates(lat.get(), lon.get())) : Optional.empty();
    }

    /** Reads west, south, east, north in degrees, as GeoJSON has it. */
    public static Optional<Box> box(@Nullable String text, Violations wrong) {
        if (text == null || text.isBlank()) {
            wrong.add("?bbox", "missing", "请给出范围 bbox：西经度,南纬度,东经度,北纬度");
            return Optional.empty();
        }
        String[] parts = text.length() <= 200 ? text.split(",", -1) : new String[0];
        if (parts.length != 4) {
            wrong.add("?bbox", "wrong-type", "bbox 应为四个以逗号分隔的数：西经度,南纬度,东经度,北纬度");
            return Optional.empty();
        }
        Violations inside = new Violations();
        var southWest = coordinates("?bbox", parts[1].strip(), parts[0].strip(), inside);
        var northEast = coordinates("?bbox", parts[3].strip(), parts[2].strip(), inside);
        if (!inside.isEmpty()) {
            wrong.add("?bbox", inside.list().getFirst().code(), inside.list().getFirst().detail());
            return Optional.empty();
        }
        if (southWest.orElseThrow().lat() > northEast.orElseThrow().lat()) {
            wrong.add("?bbox", "out-of-range", "南纬度应不大于北纬度；顺序为：西经度,南纬度,东经度,北纬度");
            return Optional.empty();
        }
        return Optional.of(new Box(southWest.get().lon(), southWest.get().lat(), northEast.get().lon(),
                northEast.get().lat()));
    }

    /** A latitude that only a longitude of China can be, beside a longitude that only a latitude of it can be. */
    static boolean looksSwapped(double lat, double lon) {
        return lat >= 72 && lat <= 138 && lon >= 0 && lon <= 56;
    }

    private static Optional<Double> degrees(String pointer, String name, @Nullable String text, Violations wrong) {
        if (text == null || text.isBlank()) {
            wrong.add(pointer, "missing", "缺少" + name);
            return Optional.empty();
        }
        try {
            double value = text.length() <= 40 ? Double.parseDouble(text) : Double.NaN;
            if (Double.isFinite(value)) {
                return Optional.of(value);
            }
        } catch (NumberFormatException notANumber) {
            // named below, like the other things that are no number
        }
        wrong.add(pointer, "wrong-type", name + "应为以度为单位的数字");
        return Optional.empty();
    }

    private static boolean inRange(String pointer, String name, double value, int most, Violations wrong) {
        if (Math.abs(value) <= most) {
            return true;
        }
        wrong.add(pointer, "out-of-range", name + "应在 -" + most + " 至 " + most + " 之间");
        return false;
    }
}
