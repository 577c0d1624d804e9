package cn.cityapis.eldercare.property;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a client works with. */
record Desk(Office office, City city, Ledger ledger, Random random) {

    private static final byte[] PDF = "%PDF-1.4 test".getBytes(StandardCharsets.US_ASCII);

    Office.Answer get(Office.Person by, String path) throws InterruptedException {
        return office.get(random, by, path);
    }

    Office.Answer post(Office.Person by, String path, @Nullable Object body, @Nullable String etag)
            throws InterruptedException {
        return office.post(random, by, path, body, etag);
    }

    Office.Answer upload(Applicant applicant, String kind) throws InterruptedException {
        Office.Answer upload = office.call(random, applicant.person, "POST",
                applicant.path() + "/materials?kind=" + kind, PDF, "application/pdf", null);
        if (upload.done()) {
            ledger.uploaded(upload.text("/id"));
        }
        return upload;
    }

    /** Kept in mind if it was done; refused it may be, wrong it may not. */
    boolean decided(Applicant applicant, String kind, Office.Answer answer) {
        if (answer.done()) {
            ledger.decided(applicant.id, kind);
        } else {
            mayRefuse(kind, answer);
        }
        return answer.done();
    }

    static void mayRefuse(String what, Office.Answer answer) {
        // a replica may not have seen the new day yet, on which another qualified him
        boolean ofTomorrow = answer.text("/errors/0/pointer").equals("/assessedOn");
        if (!answer.done() && answer.status() != 409 && answer.status() != 412 && !ofTomorrow) {
            throw new IllegalStateException(what + ": " + answer);
        }
    }

    LocalDate today() {
        return LocalDate.ofInstant(city.now(), ZoneId.of("Asia/Shanghai"));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
