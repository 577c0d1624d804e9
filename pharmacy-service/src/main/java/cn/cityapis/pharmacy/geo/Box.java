package cn.cityapis.pharmacy.geo;

/**
 * A rectangle of a map in degrees; west of 180° and east of it if {@code west > east} (RFC 7946, 5.2).
 */
public record Box(double west, double south, double east, double north) {

    private static final double MERCATOR_POLE = 85.0511287798;
    /** Edge of a tile in pixels, and of a cluster in it. */
    private static final int CELLS_PER_TILE = 4;

    public Box {
        if (!(Math.abs(west) <= 180) || !(Math.abs(east) <= 180) || !(Math.abs(south) <= 90)
                || !(Math.abs(north) <= 90) || !(south <= north)) {
            throw new IllegalArgumentException("no box on the globe");
        }
    }

    /** How many cells of a zoom level go round the globe: a tile is 256 pixels, a cell 64. */
    public static double cells(int zoom) {
        return CELLS_PER_TILE * Math.pow(2, zoom);
    }

    /** How many cells of a zoom level the box covers. */
    public double cellsCovered(int zoom) {
        double width = (east >= west ? east - west : east - west + 360) / 360 * cells(zoom);
        double height = (mercator(north) - mercator(south)) / (2 * Math.PI) * cells(zoom);
        return (width + 1) * (height + 1);
    }

    private static double mercator(double lat) {
        double clipped = Math.max(-MERCATOR_POLE, Math.min(MERCATOR_POLE, lat));
        return Math.log(Math.tan(Math.PI / 4 + Math.toRadians(clipped) / 2));
    }

    public boolean contains(Coordinates point) {
        boolean between = west <= east
                ? west <= point.lon() && point.lon() <= east
                : point.lon() >= west || point.lon() <= east;
        return between && south <= point.lat() && point.lat() <= north;
    }

    /** The box with a margin, in WGS-84: holds all that is in this box of the datum, and a little more. */
    public Box toWgs84(CoordType datum) {
        if (datum == CoordType.WGS84) {
            return this;
        }
        // the datums differ by less than a hundredth of a degree each way
        double margin = 0.02;
        return new Box(Math.max(-180, west - margin), Math.max(-90, south - margin), Math.min(180, east + margin),
                Math.min(90, north + margin));
    }
}
