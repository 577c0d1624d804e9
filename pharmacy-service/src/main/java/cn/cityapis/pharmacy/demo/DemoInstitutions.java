package cn.cityapis.pharmacy.demo;

import cn.cityapis.pharmacy.demo.DemoSource.DemoArea;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** 18 chains with over 1,100 stores and 259 private institutions, scattered over the towns of the city. */
record DemoInstitutions(List<Account> chains, List<Account> suppliers, List<Place> places) {

    static final int CHAINS = 18;
    static final int STORES = 1140;
    static final int PRIVATE_INSTITUTIONS = 259;
    private static final int PRIVATE_HOSPITALS = 24;
    private static final String PUBLIC_HOSPITAL = "public_hospital";
    private static final int SUPPLIERS = 5;
    private static final double METRES_PER_DEGREE = 111_195;

    /** A head office or a supplier. */
    record Account(UUID id, String org, String name) {
    }

    /** When a place is open; three habits that are common. */
    enum Habit {
        DAY("08:00", "20:00"), LONG_DAY("07:30", "21:30"), ALWAYS("00:00", "24:00");

        final String opens;
        final String closes;

        Habit(String opens, String closes) {
            this.opens = opens;
            this.closes = closes;
        }
    }

    record Place(UUID id, @Nullable UUID chain, String kind, String name, String address, String areaCode,
            String phone, boolean insuranceAccepted, double lat, double lon, Habit habit) {

        boolean isPublic() {
            return kind.equals(PUBLIC_HOSPITAL);
        }

        boolean isStore() {
            return chain != null;
        }
    }

    static DemoInstitutions generate(List<DemoArea> areas, DemoRandom random) {
        List<DemoArea> towns = areas.stream().filter(DemoArea::isTown).toList();
        List<Account> chains = accounts("demo-chain-", "演示连锁%d号大药房（虚构）", CHAINS, random);
        List<Place> places = new ArrayList<>();
        for (int number = 0; number < STORES; number++) {
            // the first chains are larger
            Account chain = random.oneOf(chains, c -> c.id().equals(chains.getFirst().id()) ? 4 : 2);
            places.add(place(places.size() + 1, chain, "store", random.oneOf(towns, DemoArea::weight), random));
        }
        for (int number = 0; number < PRIVATE_INSTITUTIONS; number++) {
            String kind = number < PRIVATE_HOSPITALS ? "private_hospital" : "clinic";
            places.add(place(places.size() + 1, null, kind, random.oneOf(towns, DemoArea::weight), random));
        }
        return new DemoInstitutions(chains, accounts("demo-supplier-", "演示医药供货%d公司（虚构）", SUPPLIERS, random),
                List.copyOf(places));
    }

    private static List<Account> accounts(String org, String name, int count, DemoRandom random) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Account(random.id(), org + number, name.formatted(number)))
                .toList();
    }

    static Place publicHospital(int number, DemoArea town, DemoRandom random) {
        return place(number, null, PUBLIC_HOSPITAL, town, random);
    }

    private static Place place(int number, @Nullable Account chain, String kind, DemoArea town, DemoRandom random) {
        double spread = town.kind().equals("subdistrict") ? 900 : 1300;
        double lat = random.around(town.lat(), spread / METRES_PER_DEGREE);
        double lon = random.around(town.lon(), spread / METRES_PER_DEGREE / Math.cos(Math.toRadians(town.lat())));
        Habit habit = random.chance(0.1) ? Habit.ALWAYS : random.oneOf(List.of(Habit.DAY, Habit.LONG_DAY));
        return new Place(random.id(), chain == null ? null : chain.id(), kind,
                name(number, chain, kind, town), town.name() + "演示路" + number + "号", town.code(),
                "0631-000%04d".formatted(number), random.chance(0.85), lat, lon, habit);
    }

    private static String name(int number, @Nullable Account chain, String kind, DemoArea town) {
        if (chain != null) {
            return chain.name().replace("（虚构）", "") + town.name() + number + "店（虚构）";
        }
        String what = switch (kind) {
            case "clinic" -> "诊所";
            case PUBLIC_HOSPITAL -> "公立医院";
            default -> "民营医院";
        };
        return town.name() + "演示" + what + number + "（虚构）";
    }
}
