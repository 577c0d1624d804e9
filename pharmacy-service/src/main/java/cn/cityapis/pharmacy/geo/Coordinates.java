package cn.cityapis.pharmacy.geo;

/** A point in degrees; which datum it is in, the holder says. */
public record Coordinates(double lat, double lon) {

    /** Mean radius of the earth in metres (IUGG). */
    private static final double EARTH_RADIUS_M = 6_371_008.8;

    public Coordinates {
        if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) {
            throw new IllegalArgumentException("not on the globe");
        }
    }

    /** Great-circle distance in metres. */
    public double distanceTo(Coordinates other) {
        return metresOfChord(unit().chordTo(other.unit()));
    }

    /** This point on the unit sphere, where the nearest by straight line is the nearest by great circle. */
    public UnitVector unit() {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        return new UnitVector(Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi));
    }

    /** Great-circle metres between two points whose straight-line distance on the unit sphere is given. */
    public static double metresOfChord(double chord) {
        return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, chord / 2));
    }

    /** The straight-line distance on the unit sphere of two points so many great-circle metres apart. */
    public static double chordOfMetres(double metres) {
        return 2 * Math.sin(Math.min(Math.PI / 2, metres / (2 * EARTH_RADIUS_M)));
    }

    /** A point on the unit sphere. */
    public record UnitVector(double x, double y, double z) {

        double chordTo(UnitVector other) {
            return Math.hypot(Math.hypot(x - other.x, y - other.y), z - other.z);
        }
    }
}
