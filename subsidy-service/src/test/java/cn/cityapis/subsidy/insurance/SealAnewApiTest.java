package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.PiiKeys;
import cn.cityapis.platform.pii.SealAnew;
import cn.cityapis.platform.pii.SealedColumn;
import cn.cityapis.platform.pii.SealedColumns;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A new key of personal data: what the one before has sealed is sealed anew, from the application to the bank's order. */
@ServiceTest(properties = {"demo.data=true", "subsidy.jobs.every=PT10M", "test.database=of-seals"})
class SealAnewApiTest extends InsuranceScene {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String NEW = "key-2:" + "02".repeat(16);

    @Autowired
    private JobLock lock;

    @Autowired
    private List<SealedColumns> columns;

    @Autowired
    private PayDueMonths payDueMonths;

    @Value("${platform.pii.keys}")
    private String serving;

    @Value("${platform.pii.index-key}")
    private String index;

    private List<SealedColumn> all() {
        return columns.stream().flatMap(each -> each.list().stream()).toList();
    }

    private SealAnew.Count anew(String keys) {
        FieldCipher cipher = new FieldCipher(PiiKeys.parse(keys, index, true), new SecureRandom());
        return Objects.requireNonNull(
                new SealAnew(database, lock, cipher, all(), List.of()).run().block(LONGEST));
    }

    private List<String> columnsSealedBy(String keys) {
        String id = keys.substring(0, keys.indexOf(':'));
        List<SealedColumn> bytes = Objects.requireNonNull(database.sql("""
                SELECT c.table_name, c.column_name FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'bytea'
                """).map(row -> SealedColumn.of(row.get(0, String.class), row.get(1, String.class))).all()
                .collectList().block(LONGEST));
        return bytes.stream().filter(column -> Boolean.TRUE.equals(database.sql("""
                SELECT EXISTS (SELECT 1 FROM %1$s WHERE substring(%2$s FROM 1 FOR length(:mark)) = :mark)
                """.formatted(column.table(), column.column())).bind("mark", mark(id)).mapValue(Boolean.class).one()
                .block(LONGEST))).map(SealedColumn::toString).toList();
    }

    private static byte[] mark(String id) {
        return ((char) id.length() + id).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void whatTheOldKeyHasSealedOpensWithTheNewOneAlone() {
        appropriate();
        Answer filing = inCityReview();
        clock.moveTo(Instant.now());
        payDueMonths.run().block(LONGEST);
        List<String> sealed = columnsSealedBy(serving);
        assertThat(sealed).as("each column, or it is not tried here")
                .containsAll(all().stream().filter(column -> !column.table().equals("webhook"))
                        .map(SealedColumn::toString).toList());
        assertThat(all().stream().map(SealedColumn::toString)).containsAll(sealed);
        try {
            assertThat(anew(NEW + "," + serving).anew()).isGreaterThan(50);
            // the jobs of the service under test go on sealing with the key that it serves with
            for (int more = 0; more < 5 && !columnsSealedBy(serving).isEmpty(); more++) {
                anew(NEW + "," + serving);
            }
            assertThat(anew(NEW + "," + serving).left()).isZero();
            assertThat(columnsSealedBy(serving)).isEmpty();
            assertThat(anew(NEW)).as("all of it opens with the new key").isEqualTo(SealAnew.Count.NONE);
        } finally {
            assertThat(anew(serving + "," + NEW).left()).isZero();
        }
        assertThat(columnsSealedBy(NEW)).isEmpty();
        assertThat(district("d1").get(path(filing)).is(200).text("/payeeAccount")).isEqualTo("***************0001");
        consistent();
    }
}
