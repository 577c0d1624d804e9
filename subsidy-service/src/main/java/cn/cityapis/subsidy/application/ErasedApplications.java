package cn.cityapis.subsidy.application;

import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds all that one person has applied for, and takes the person out of it. */
@Component
public class ErasedApplications {

    /**
     * The exclusion goes first: it follows the index, and cannot do without. Papers and facts go last: only those of the
     * erased may.
     */
    private static final List<String> OVERWRITTEN = List.of(
            "DELETE FROM application_exclusion WHERE application_id = :id",
            """
                    UPDATE application
                       SET name_sealed = :name, id_number_sealed = :idNumber, id_number_index = NULL, phone_sealed = NULL,
                           account_sealed = NULL, draft_facts = '{}', decision_trace = NULL, erasure_id = :erasure,
                           version = version + 1
                     WHERE id = :id
                    """,
            "DELETE FROM application_paper WHERE application_id = :id",
            "UPDATE application_facts SET facts = '{}' WHERE application_id = :id",
            "UPDATE appeal SET grounds = '' WHERE application_id = :id");

    private final DatabaseClient database;
    private final ApplicationReader reader;
    private final Applications applications;
    private final ApplicantSeal seal;

    ErasedApplications(DatabaseClient database, ApplicationReader reader, Applications applications,
            ApplicantSeal seal) {
        this.database = database;
        this.reader = reader;
        this.applications = applications;
        this.seal = seal;
    }

    /**
     * All of the same person, locked in order of id; nothing of his can be submitted meanwhile.
     *
     * @throws cn.cityapis.platform.problem.ProblemException 404
     */
    public Mono<List<Application>> holdPerson(UUID id) {
        return database.sql("""
                SELECT a.id FROM application a
                 WHERE a.erasure_id IS NULL AND (a.id = :id
                    OR a.id_number_index = (SELECT p.id_number_index FROM application p WHERE p.id = :id))
                 ORDER BY a.id
                """).bind("id", id).mapValue(UUID.class).all().collectList()
                .flatMap(ids -> Flux.fromIterable(ids.isEmpty() ? List.of(id) : ids).concatMap(reader::lock)
                        .collectList())
                .flatMap(held -> Flux.fromIterable(held).filter(each -> each.applicant().residentId() != null).next()
                        .flatMap(applications::lockPerson).thenReturn(held));
    }

    /** What is left is masked. The id of who applied stays: it proves that nobody decided his own application. */
    public Mono<Void> erase(Application application, UUID erasure) {
        ApplicantSeal.Sealed left = seal.seal(application.id(), application.applicant().masked());
        return Flux.fromIterable(OVERWRITTEN).concatMap(sql -> {
            DatabaseClient.GenericExecuteSpec update = database.sql(sql).bind("id", application.id());
            return (sql.contains(":erasure")
                    ? update.bind("name", Parameter.fromOrEmpty(left.name(), byte[].class))
                            .bind("idNumber", Parameter.fromOrEmpty(left.idNumber(), byte[].class))
                            .bind("erasure", erasure)
                    : update).then();
        }).then();
    }
}
