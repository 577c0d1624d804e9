package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.geo.Coordinates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Roughly where the city lies. Too coarse to say that a place is outside, good enough to ask whether it was meant.
 *
 * @param rings of WGS-84 points, the last of each the same as the first
 */
record CityOutline(List<List<Coordinates>> rings) {

    /** The outline is simplified to about 400 m, and there are piers and islands. */
    private static final double MARGIN_M = 2_000;
    private static final double METRES_PER_DEGREE = 111_195;

    /** The outline of the city that this deployment is for. */
    static CityOutline read() {
        try (InputStream in = CityOutline.class.getResourceAsStream("/city/outline.geojson")) {
            if (in == null) {
                throw new IllegalStateException("resource is missing: /city/outline.geojson");
            }
            return new CityOutline(JsonMapper.builder().build().readTree(in).path("features").valueStream()
                    .flatMap(feature -> feature.at("/geometry/coordinates").valueStream())
                    .flatMap(JsonNode::valueStream)
                    .map(CityOutline::ring)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Coordinates> ring(JsonNode points) {
        return points.valueStream().map(p -> new Coordinates(p.path(1).asDouble(), p.path(0).asDouble())).toList();
    }

    /** Whether a WGS-84 point may well be in the city. */
    boolean mayHold(Coordinates point) {
        return rings.stream().anyMatch(ring -> holds(ring, point) || near(ring, point));
    }

    /** A ray to the east crosses the ring an odd number of times. */
    private static boolean holds(List<Coordinates> ring, Coordinates point) {
        boolean inside = false;
        for (int i = 1; i < ring.size(); i++) {
            Coordinates a = ring.get(i - 1);
            Coordinates b = ring.get(i);
            if (a.lat() > point.lat() != b.lat() > point.lat() && point.lon() < a.lon()
                    + (point.lat() - a.lat()) / (b.lat() - a.lat()) * (b.lon() - a.lon())) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static boolean near(List<Coordinates> ring, Coordinates point) {
        for (int i = 1; i < ring.size(); i++) {
            if (metresToEdge(ring.get(i - 1), ring.get(i), point) <= MARGIN_M) {
                return true;
            }
        }
        return false;
    }

    /** On the plane that touches the earth at the point: a city is small enough. */
    private static double metresToEdge(Coordinates from, Coordinates to, Coordinates point) {
        double shrink = Math.cos(Math.toRadians(point.lat()));
        double x = (from.lon() - point.lon()) * shrink;
        double y = from.lat() - point.lat();
        double dx = (to.lon() - from.lon()) * shrink;
        double dy = to.lat() - from.lat();
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : Math.clamp(-(x * dx + y * dy) / length, 0, 1);
        return Math.hypot(x + along * dx, y + along * dy) * METRES_PER_DEGREE;
    }
}
