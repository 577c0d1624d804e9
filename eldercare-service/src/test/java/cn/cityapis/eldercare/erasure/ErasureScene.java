package cn.cityapis.eldercare.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TracesOfPerson;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.r2dbc.core.DatabaseClient;

/** Somebody whose every text is found nowhere else, and where he can be found. */
abstract class ErasureScene extends DatedScene {

    static final String REQUEST = "本人书面申请";
    private static final byte[] PDF = "%PDF-1.4 寇丹瑶".getBytes(StandardCharsets.UTF_8);
    private static final String DIGITS = "零一二三四五六七八九";

    @Autowired
    protected DatabaseClient database;

    @Autowired
    private FieldCipher cipher;

    @Value("${DB_HOST}")
    private String host;

    @Value("${DB_PORT}")
    private int databasePort;

    @Value("${DB_NAME}")
    private String name;

    @Value("${DB_USER}")
    private String user;

    @Value("${DB_PASSWORD}")
    private String password;

    protected ErasureScene(String citizen) {
        super(citizen, "2026-11-24T02:00:00Z");
    }

    /** What he, his agent and his guardian are called and reached by; no two persons share any of it. */
    record Person(String idNumber) {

        int sequence() {
            return Integer.parseInt(idNumber.substring(14, 17));
        }

        private String letters() {
            return idNumber.substring(14, 17).chars().mapToObj(digit -> DIGITS.substring(digit - '0', digit - '0' + 1))
                    .collect(Collectors.joining());
        }

        String name() {
            return "寇瑶" + letters();
        }

        String agent() {
            return "寇诚" + letters();
        }

        String guardian() {
            return "谷正" + letters();
        }

        String agentNumber() {
            return Fixtures.idNumber(1975, sequence());
        }

        String guardianNumber() {
            return Fixtures.idNumber(1976, sequence());
        }

        String phone(int of) {
            return "13973311" + of % 10 + idNumber.substring(15, 17);
        }

        String address() {
            return "渔港巷" + letters() + "号";
        }

        String illness() {
            return "肺结核可疑" + letters();
        }

        /** What is typed of him wherever a reason is asked for. */
        String typed() {
            return "与同住人争执" + letters();
        }

        List<String> texts() {
            return List.of(idNumber, name(), agent(), guardian(), agentNumber(), guardianNumber(), phone(7), phone(8),
                    phone(9), address());
        }
    }

    static Map<String, Object> form(String idNumber, String home) {
        Person person = new Person(idNumber);
        Map<String, Object> form = new LinkedHashMap<>(Walk.form(idNumber, List.of(home)));
        form.put("filedBy", "AGENT");
        form.put("applicant", Map.of("name", person.name(), "idNumber", idNumber, "phone", person.phone(7),
                "residenceAreaCode", "371002", "address", person.address()));
        form.put("agent", Map.of("kind", "PERSON", "relation", "SUPPORTER", "name", person.agent(), "idNumber",
                person.agentNumber(), "phone", person.phone(8)));
        form.put("guardian", Map.of("name", person.guardian(), "idNumber", person.guardianNumber(), "phone",
                person.phone(9)));
        return form;
    }

    /** A draft with all its papers. */
    String draft(String idNumber, HomeScene scene) {
        String id = walk.post(citizen, "/applications", form(idNumber, scene.home), null).text("/id");
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER",
                "AGENT_ID_CARD", "AGENT_HOUSEHOLD_REGISTER", "GUARDIAN_ID_CARD", "GUARDIAN_HOUSEHOLD_REGISTER")) {
            walk.upload(citizen, id, kind, PDF, "application/pdf");
        }
        return id;
    }

    String withdrawn(String idNumber, HomeScene scene) {
        String id = draft(idNumber, scene);
        walk.submit(citizen, id);
        post(citizen, id, "/withdrawal", null);
        return id;
    }

    /** Waited, reported a change, lived in a bed, was noted ill there, left. */
    String left(String number, HomeScene scene) {
        Person person = new Person(number);
        String id = draft(number, scene);
        walk.submit(citizen, id);
        assessed(id, person.typed(), scene);
        post(citizen, id, "/circumstance-changes",
                Map.of("phone", person.phone(7), "explanation", person.name() + "换了电话"));
        post(citizen, id, "/circumstance-changes",
                Map.of("categories", List.of("VETERAN"), "explanation", person.name() + "是退役军人"));
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        assertThat(post(scene.operator, id, "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", "REFUSED", "reason", person.typed())).status()).isEqualTo(200);
        String type = scene.type("NURSING", 1, "MODERATE");
        Walk.Answer added = scene.addBed(type, "1", false);
        String first = added.text("/bed/id");
        assertThat(scene.moveIn(citizen, added.text("/offerId")).text("/state")).isEqualTo("COMPLETED");
        post(scene.operator, id, "/illness-notes",
                Map.of("kind", "INFECTIOUS", "notedOn", "2026-11-20", "handling", person.illness()));
        assertThat(walk.post(scene.operator, scene.path + "/prior-residents",
                Map.of("idNumber", number, "movedInOn", "2023-07-01"), null).status()).isEqualTo(201);
        assertThat(kinds(erase(id))).contains("LIVES_IN_A_BED");
        String bed = adjusted(first, scene.addBed(type, "2", false).text("/bed/id"), person.typed(), scene);
        assertThat(walk.post(scene.operator, scene.path + "/beds/" + bed + "/departure",
                Map.of("reason", "LEFT", "note", person.typed()), scene.bed(bed).etag()).status()).isBetween(200, 201);
        return id;
    }

    /** Reviewed, called out of turn and assessed, sooner than agreed, with that for a reason and a place. */
    private void assessed(String id, String typed, HomeScene scene) {
        assertThat(post(scene.operator, id, "/review", Map.of("verdict", "QUALIFIED", "reason", typed)).status())
                .isEqualTo(200);
        assertThat(post(scene.assessor, id, "/appointments",
                Map.of("on", "2026-12-01", "place", typed, "outOfTurnReason", typed)).status()).isBetween(200, 201);
        Walk.Answer assessed = assess(scene.assessor, id, "/assessments", 52);
        assertThat(assessed.status()).as(assessed.body().toString()).isEqualTo(201);
    }

    /** Kept once, then moved, with that for a reason; answers the other bed. */
    private String adjusted(String from, String to, String typed, HomeScene scene) {
        String path = scene.path + "/beds/" + from + "/adjustments";
        for (Map<String, String> outcome : List.of(Map.of("outcome", "KEPT", "reason", typed),
                Map.of("outcome", "MOVED", "toHomeId", scene.home, "toBedId", to, "reason", typed))) {
            Walk.Answer answer = walk.post(scene.operator, path, outcome, scene.bed(from).etag());
            assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 201);
        }
        return to;
    }

    static List<String> kinds(Walk.Answer refused) {
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("still-needed");
        return refused.texts("/obstacles", "kind");
    }

    Walk.Answer erase(String application) {
        return walk.post(walk.city, "/erasures", request(application, REQUEST), null);
    }

    static Map<String, Object> request(String application, String reason) {
        return Map.of("applicationId", application, "ground", "REQUESTED", "reason", reason);
    }

    /** Where he is found by anything that he, his agent or his home has told. */
    Set<String> traces(String idNumber) throws SQLException {
        return traces(new Person(idNumber).texts(), List.of(cipher.blindIndex("person.id_number", idNumber)));
    }

    /** Where his health is told of. */
    Set<String> tracesOfIllness(String idNumber) throws SQLException {
        return traces(List.of(new Person(idNumber).illness()), List.of());
    }

    /** Where what was typed of him is told. */
    Set<String> tracesOfTyped(String idNumber) throws SQLException {
        return traces(List.of(new Person(idNumber).typed()), List.of());
    }

    private Set<String> traces(List<String> texts, List<byte[]> digests) throws SQLException {
        return traces(cipher, texts, digests);
    }

    /** Where he is found by whoever has this cipher's keys. */
    Set<String> traces(FieldCipher keys, String idNumber) throws SQLException {
        Person person = new Person(idNumber);
        return traces(keys,
                Stream.concat(person.texts().stream(), Stream.of(person.illness(), person.typed())).toList(),
                List.of());
    }

    private Set<String> traces(FieldCipher keys, List<String> texts, List<byte[]> digests) throws SQLException {
        return new TracesOfPerson(new TestDatabase(host, databasePort, name, user, password), keys::decrypt,
                Map.of("queue_event.sealed_needs",
                        new TracesOfPerson.SealedFor("queue_entry", "sealed_needs", "entry_id")))
                .of(texts, digests);
    }
}
