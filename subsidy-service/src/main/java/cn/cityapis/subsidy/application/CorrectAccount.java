package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Another account of the payee's, from now on: the old one did not take the money. */
@Component
public class CorrectAccount {

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Audit audit;
    private final Clock clock;

    CorrectAccount(DatabaseClient database, FieldCipher cipher, Audit audit, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    /** Within the caller's transaction. */
    public Mono<Void> correct(UUID application, String account, Caller by) {
        return database.sql("""
                UPDATE application SET account_sealed = :account, version = version + 1, updated_at = :now WHERE id = :id
                """)
                .bind("account", cipher.encrypt("application", "account", application, account))
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", application)
                .then()
                .then(Mono.defer(() -> audit.record(by, "correct-account", "application", application.toString(),
                        Map.of())));
    }
}
