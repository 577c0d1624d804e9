package cn.cityapis.pharmacy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The real names that the made-up city is built on: medicines by generic name and form, and the city's towns. */
record DemoSource(List<DemoDrug> drugs, List<DemoArea> areas) {

    record DemoDrug(String genericName, String form, String strengthValue, String strengthUnit, int packUnits,
            String unitName, String packName) {
    }

    /** An area; its point is WGS-84. */
    record DemoArea(String code, String name, String kind, String parentCode, double lat, double lon) {

        boolean isTown() {
            return code.length() == 9;
        }

        int weight() {
            return kind.equals("subdistrict") ? 3 : 1;
        }
    }

    static DemoSource read() {
        return new DemoSource(rows("/demo/drugs.csv").stream().map(DemoSource::drug).toList(),
                rows("/demo/areas.csv").stream().map(DemoSource::area).toList());
    }

    private static DemoDrug drug(String[] c) {
        return new DemoDrug(c[0], c[1], c[2], c[3], Integer.parseInt(c[4]), c[5], c[6]);
    }

    private static DemoArea area(String[] c) {
        return new DemoArea(c[0], c[1], c[2], c[3], Double.parseDouble(c[4]), Double.parseDouble(c[5]));
    }

    static List<String[]> rows(String resource) {
        try (InputStream in = DemoSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource is missing: " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
