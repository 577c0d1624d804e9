package cn.cityapis.subsidy.property;

import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Has withheld months paid after all. */
record Reopener(Office office, Told told, Random random) {

    /** A month that was withheld: the district asks, the city agrees or not. */
    void reopen(Office.Person person, String area, String of) throws InterruptedException {
        List<JsonNode> withheld = Client.done(office.get(random, person, of + "/statement")).body()
                .path("payments").valueStream().filter(month -> month.path("outcome").asString().equals("withheld"))
                .toList();
        if (withheld.isEmpty()) {
            return;
        }
        String path = of + "/reopenings";
        Office.Answer asked = office.post(random, Town.district(area), path, Map.of("month",
                withheld.get(random.nextInt(withheld.size())).path("month").asString(), "reason", "随机"), null);
        String open = Client.taken(asked) ? asked.text("/id") : undecided(person, path);
        boolean approved = random.nextInt(4) > 0;
        if (!open.isEmpty() && Client.taken(office.post(random, Town.CITY, path + "/" + open + "/decisions",
                Map.of("approved", approved, "reason", "随机"), null)) && approved) {
            told.reopenings.add(open);
        }
    }

    private String undecided(Office.Person by, String path) throws InterruptedException {
        return Client.done(office.get(random, by, path)).body().valueStream()
                .filter(asked -> !asked.path("decision").isString()).map(asked -> asked.path("id").asString())
                .findFirst().orElse("");
    }
}
