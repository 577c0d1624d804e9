package cn.cityapis.eldercare.property;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An older person whom a client looks after, and what it remembers of him. */
final class Applicant {

    final Office.Person person;
    final String id;
    final List<UUID> homes;
    String agency = City.AGENCY;
    @Nullable
    Applicant companion;
    boolean wished;
    @Nullable
    LocalDate bookedOn;

    Applicant(Office.Person person, String id, List<UUID> homes) {
        this.person = person;
        this.id = id;
        this.homes = homes;
    }

    String path() {
        return "/applications/" + id;
    }
}
