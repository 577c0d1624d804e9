package cn.cityapis.pharmacy.geo;

/** The state's obfuscated datum: a published polynomial and trigonometric offset on the Krasovsky 1940 ellipsoid. */
final class Gcj02 {

    private static final double SEMI_MAJOR_AXIS = 6_378_245.0;
    private static final double ECCENTRICITY_SQUARED = 0.00669342162296594323;

    private Gcj02() {
    }

    static Coordinates fromWgs84(Coordinates wgs84) {
        if (outside(wgs84)) {
            return wgs84;
        }
        double phi = Math.toRadians(wgs84.lat());
        double magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
        double meridian = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / (magic * Math.sqrt(magic));
        double parallel = SEMI_MAJOR_AXIS / Math.sqrt(magic) * Math.cos(phi);
        double x = wgs84.lon() - 105;
        double y = wgs84.lat() - 35;
        return new Coordinates(wgs84.lat() + Math.toDegrees(metresNorth(x, y) / meridian),
                wgs84.lon() + Math.toDegrees(metresEast(x, y) / parallel));
    }

    /** The rectangle that map makers use for "not in China": there nothing is shifted. */
    static boolean outside(Coordinates point) {
        return point.lon() < 72.004 || point.lon() > 137.8347 || point.lat() < 0.8293 || point.lat() > 55.8271;
    }

    private static double metresNorth(double x, double y) {
        return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + waves(6 * x, 2 * x)
                + waves(y, y / 3, 20, 40) + waves(y / 12, y / 30, 160, 320);
    }

    private static double metresEast(double x, double y) {
        return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + waves(6 * x, 2 * x)
                + waves(x, x / 3, 20, 40) + waves(x / 12, x / 30, 150, 300);
    }

    private static double waves(double first, double second) {
        return waves(first, second, 20, 20);
    }

    private static double waves(double first, double second, double firstHeight, double secondHeight) {
        return (firstHeight * Math.sin(first * Math.PI) + secondHeight * Math.sin(second * Math.PI)) * 2 / 3;
    }
}
