package cn.cityapis.eldercare.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One of many who do, at random, what citizens, homes, agencies and offices do. */
final class Client {

    private final Random random;
    private final int mostAtOnce;
    private final Applying applying;
    private final Living living;
    private final Housekeeping housekeeping;
    private final List<Applicant> applicants = new ArrayList<>();

    /** @param mostAtOnce how many applicants it looks after */
    Client(Office office, City city, Ledger ledger, long seed, int mostAtOnce) {
        this.random = new Random(seed);
        this.mostAtOnce = mostAtOnce;
        Desk desk = new Desk(office, city, ledger, random);
        this.applying = new Applying(desk);
        this.living = new Living(desk);
        this.housekeeping = new Housekeeping(desk);
    }

    void step() throws InterruptedException {
        int die = random.nextInt(100);
        if (applicants.size() < mostAtOnce && die < 30 || applicants.isEmpty()) {
            applicants.addAll(random.nextInt(5) == 0 ? applying.couple() : applying.one());
        } else if (die < 40) {
            housekeeping.offer();
        } else if (die < 46) {
            housekeeping.changeBed();
        } else if (die < 48) {
            housekeeping.useEmergencyBed(applicants.get(random.nextInt(applicants.size())));
        } else if (die < 51) {
            housekeeping.moveResident();
        } else {
            Applicant applicant = applicants.get(random.nextInt(applicants.size()));
            if (!living.goesOn(applicant)) {
                applicants.remove(applicant);
            }
        }
    }
}
