package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.ability.AbilityFindings;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.platform.pii.FieldCipher;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The personal assessment files (第十八条): health data, sealed. */
@Repository
class Assessments {

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    Assessments(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    /** One recorded assessment. */
    record Assessment(UUID id, UUID applicationId, String agencyOrg, String assessor, Purpose purpose,
            AbilityFindings findings,
            AbilityResult result, Instant recordedAt) {
    }

    private record Sealed(AbilityFindings findings, AbilityResult result) {
    }

    Mono<Void> insert(Assessment assessment) {
        return database.sql("""
                insert into assessment (id, application_id, agency_org, assessor, purpose, assessed_on, sealed, recorded_at)
                values (:id, :application, :agency, :assessor, :purpose, :on, :sealed, :at)
                """)
                .bind("id", assessment.id())
                .bind("application", assessment.applicationId())
                .bind("agency", assessment.agencyOrg())
                .bind("assessor", assessment.assessor())
                .bind("purpose", assessment.purpose().name())
                .bind("on", assessment.findings().assessedOn())
                .bind("sealed", cipher.encrypt("assessment", "sealed", assessment.id(),
                        json.writeValueAsString(new Sealed(assessment.findings(), assessment.result()))))
                .bind("at", assessment.recordedAt())
                .then();
    }

    Mono<List<Assessment>> of(UUID application) {
        return database.sql("""
                select id, application_id, agency_org, assessor, purpose, sealed, recorded_at
                from assessment where application_id = :id order by recorded_at, id
                """).bind("id", application).map(row -> {
            UUID id = row.get("id", UUID.class);
            Sealed sealed = json.readValue(cipher.decrypt("assessment", "sealed", id, row.get("sealed", byte[].class)),
                    Sealed.class);
            return new Assessment(id, row.get("application_id", UUID.class), row.get("agency_org", String.class),
                    row.get("assessor", String.class), Purpose.valueOf(row.get("purpose", String.class)),
                    sealed.findings(), sealed.result(),
                    row.get("recorded_at", Instant.class));
        }).all().collectList();
    }
}
