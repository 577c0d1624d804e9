package cn.cityapis.pharmacy.geo;

/** Baidu's datum: GCJ-02, shifted and rippled once more. */
final class Bd09 {

    private static final double RIPPLE = Math.PI * 3000 / 180;

    private Bd09() {
    }

    static Coordinates fromWgs84(Coordinates wgs84) {
        if (Gcj02.outside(wgs84)) {
            return wgs84;
        }
        Coordinates gcj02 = Gcj02.fromWgs84(wgs84);
        double x = gcj02.lon();
        double y = gcj02.lat();
        double radius = Math.hypot(x, y) + 0.00002 * Math.sin(y * RIPPLE);
        double angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * RIPPLE);
        return new Coordinates(radius * Math.sin(angle) + 0.006, radius * Math.cos(angle) + 0.0065);
    }
}
