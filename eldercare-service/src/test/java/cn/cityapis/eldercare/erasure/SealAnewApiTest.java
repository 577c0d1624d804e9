package cn.cityapis.eldercare.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;
import cn.cityapis.platform.pii.SealAnew;
import cn.cityapis.platform.pii.SealedColumns;
import cn.cityapis.platform.pii.SealedFiles;
import cn.cityapis.platform.test.ServiceTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A new key of personal data: what the one before has sealed is sealed anew, in the database and in the files. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-erasures", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.retention-every=PT10H",
        "eldercare.jobs.erase-files-every=PT0.2S"})
class SealAnewApiTest extends ErasureScene {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String NEW = "key-2:" + "02".repeat(16);

    @Autowired
    private JobLock lock;

    @Autowired
    private List<SealedColumns> columns;

    @Autowired
    private List<SealedFiles> files;

    @Value("${platform.pii.keys}")
    private String serving;

    @Value("${platform.pii.index-key}")
    private String index;

    SealAnewApiTest() {
        super("citizen-under-two-keys");
    }

    private FieldCipher cipher(String keys) {
        return new FieldCipher(PiiKeys.parse(keys, index, true), new SecureRandom());
    }

    private SealAnew.Count anew(String keys) {
        return Objects.requireNonNull(new SealAnew(database, lock, cipher(keys),
                columns.stream().flatMap(each -> each.list().stream()).toList(), files).run().block(LONGEST));
    }

    /** Whatever column it is in. */
    private List<String> columnsSealedBy(String keys) {
        String id = keys.substring(0, keys.indexOf(':'));
        String mark = HexFormat.of().toHexDigits((byte) id.length())
                + HexFormat.of().formatHex(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<String[]> all = database.sql("""
                select c.table_name, c.column_name from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'bytea'
                """).map(row -> new String[]{row.get(0, String.class), row.get(1, String.class)}).all().collectList()
                .block(LONGEST);
        return Objects.requireNonNull(all).stream()
                .filter(column -> scene()
                        .count("select count(*) from %s where encode(substring(%s from 1 for %d), 'hex')"
                                .formatted(column[0], column[1], 1 + id.length()) + " = '" + mark + "'") > 0)
                .map(column -> column[0] + "." + column[1]).toList();
    }

    private HomeScene scene() {
        return new HomeScene(port, database);
    }

    @Test
    void whatTheOldKeyHasSealedOpensWithTheNewOneAlone() throws Exception {
        HomeScene scene = scene();
        String number = Fixtures.idNumber(1939, 861);
        String id = left(number, scene);
        Set<String> before = traces(cipher(serving), number);
        assertThat(before).contains("application.sealed (sealed)", "illness_note.sealed (sealed)",
                "circumstance_change.sealed (sealed)", "decision.reason_sealed (sealed)",
                "adjustment.reason_sealed (sealed)");
        assertThat(columnsSealedBy(serving)).contains("queue_event.sealed_needs", "queue_entry.sealed_needs",
                "assessment.sealed", "idempotency_key.body");
        try {
            assertThat(anew(NEW + "," + serving).anew()).isPositive();
            // the jobs of the service under test go on sealing with the key that it serves with
            for (int more = 0; more < 5 && !columnsSealedBy(serving).isEmpty(); more++) {
                anew(NEW + "," + serving);
            }
            assertThat(anew(NEW + "," + serving).left()).isZero();
            assertThat(columnsSealedBy(serving)).isEmpty();
            assertThat(traces(cipher(NEW), number)).isEqualTo(before);
        } finally {
            assertThat(anew(serving + "," + NEW).left()).isZero();
        }
        assertThat(columnsSealedBy(NEW)).isEmpty();
        assertThat(walk.get(citizen, "/applications/" + id).status()).isEqualTo(200);
        assertThat(walk.get(scene.operator, scene.path + "/fairness-check").body().at("/fair").asBoolean())
                .as(walk.get(scene.operator, scene.path + "/fairness-check").body().toString()).isTrue();
    }
}
