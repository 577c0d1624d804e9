package cn.cityapis.eldercare.property;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** New applications with their papers. */
final class Applying {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    static final Map<String, String> PROOFS = Map.of("VETERAN", "MILITARY_CERTIFICATE", "LOW_INCOME", "TOWN_PROOF",
            "DESTITUTE", "TOWN_PROOF");
    static final List<List<String>> CATEGORIES = List.of(List.of(), List.of(), List.of("VETERAN"),
            List.of("LOW_INCOME"), List.of("DESTITUTE"));
    private static final int MOST_HOMES = 3;

    private final Desk desk;

    Applying(Desk desk) {
        this.desk = desk;
    }

    List<Applicant> one() throws InterruptedException {
        return apply(someHomes());
    }

    /** Two who want the same homes; they say so to each other later. */
    List<Applicant> couple() throws InterruptedException {
        List<UUID> homes = someHomes();
        List<Applicant> both = new ArrayList<>(apply(homes));
        both.addAll(apply(homes));
        if (both.size() == 2) {
            both.get(0).companion = both.get(1);
            both.get(1).companion = both.get(0);
        }
        return both;
    }

    private List<UUID> someHomes() {
        List<UUID> homes = new ArrayList<>(desk.city().open());
        Collections.shuffle(homes, desk.random());
        return List.copyOf(homes.subList(0, 1 + desk.random().nextInt(MOST_HOMES)));
    }

    /** Nobody, if one of the homes has closed meanwhile. */
    private List<Applicant> apply(List<UUID> homes) throws InterruptedException {
        int number = PEOPLE.incrementAndGet();
        Office.Person person = Office.Person.citizen("citizen-" + number);
        String idNumber = Fixtures.idNumber(LocalDate.of(1930, 1, 1).plusDays(number / 800), 100 + number % 800);
        List<String> categories = desk.any(CATEGORIES);
        Map<String, Object> form = Walk.form(idNumber, homes.stream().map(UUID::toString).toList(),
                categories.toArray(String[]::new));
        form.put("bedKinds", desk.chance(25) ? List.of("NURSING") : List.of());
        Office.Answer draft = desk.post(person, "/applications", form, null);
        if (!draft.done()) {
            if (desk.city().open().containsAll(homes)) {
                throw new IllegalStateException(draft.toString());
            }
            return List.of();
        }
        Applicant applicant = new Applicant(person, draft.text("/id"), homes);
        desk.ledger().created(applicant.id);
        papers(applicant, categories);
        return List.of(applicant);
    }

    private void papers(Applicant applicant, List<String> categories) throws InterruptedException {
        List<String> kinds = new ArrayList<>(
                List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER"));
        categories.stream().map(PROOFS::get).forEach(kinds::add);
        for (String kind : kinds) {
            Office.Answer upload = desk.upload(applicant, kind);
            if (!upload.done()) {
                throw new IllegalStateException(upload.toString());
            }
        }
    }
}
