package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Personal data: sealed at rest, read in the clear only with a trace. */
class ApplicantDataTest extends ApplicationScene {

    @Autowired
    private DatabaseClient database;

    @Test
    void readingThePersonInTheClearIsAudited() {
        Answer submitted = submitted();
        Answer clear = district().get(path(submitted) + "/applicant").is(200);
        assertThat(clear.text("/idNumber")).isEqualTo(idNumber);
        assertThat(database
                .sql("SELECT count(*) FROM audit_entry WHERE action = 'read-personal-data' AND resource_id = :id")
                .bind("id", submitted.text("/id")).mapValue(Long.class).one().block()).isEqualTo(1);
    }

    /** The number is nowhere in the clear: not in any table of the service. */
    @Test
    void theIdNumberIsSealedEverywhere() {
        Answer submitted = submitted();
        List<String> tables = List.of("application", "application_facts", "audit_entry", "outbox", "notice", "review",
                "idempotency_key");
        for (String table : tables) {
            assertThat(database
                    .sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE :needle OR t::text LIKE :hex")
                    .bind("needle", "%" + idNumber + "%")
                    .bind("hex",
                            "%" + java.util.HexFormat.of()
                                    .formatHex(idNumber.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "%")
                    .mapValue(Long.class).one().block()).as(table).isZero();
        }
        assertThat(submitted.body().toString()).doesNotContain(idNumber);
    }
}
