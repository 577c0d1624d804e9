package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds a paper while the application can still be changed, or a reported change is to be proven (第十四条). */
@Component
class ProvideMaterial {

    private final ApplicationAccess access;
    private final Materials materials;
    private final FileStore files;
    private final CircumstanceChanges changes;
    private final Deadlines deadlines;
    private final Registers registers;
    private final Ids ids;
    private final Clock clock;

    ProvideMaterial(ApplicationAccess access, Materials materials, FileStore files,
            CircumstanceChanges changes, Deadlines deadlines, Registers registers, Ids ids, Clock clock) {
        this.access = access;
        this.materials = materials;
        this.files = files;
        this.changes = changes;
        this.deadlines = deadlines;
        this.registers = registers;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Material> upload(Caller caller, UUID id, MaterialKind kind, FileType type, byte[] content) {
        return open(caller, id).flatMap(application -> {
            Material material = new Material(ids.next(), kind, Material.Source.UPLOAD, null, type.mediaType(),
                    (long) content.length, sha256(content), clock.instant(), false);
            return files.write(material.id(), content)
                    .then(materials.insert(id, material, caller.subject()))
                    .thenReturn(material);
        });
    }

    Mono<Material> confirm(Caller caller, UUID id, MaterialKind kind) {
        return open(caller, id).flatMap(application -> {
            ApplicationForm.Person person = application.dossier().form().applicant();
            String number = person == null ? null : person.idNumber();
            Mono<Registers.Confirmation> found = number == null || !kind.canBeConfirmedByRegister()
                    ? Mono.empty()
                    : registers.confirm(kind, number);
            return found.switchIfEmpty(Mono.error(() -> ProblemException.of(EldercareProblem.REGISTER_UNCONFIRMED)))
                    .map(confirmed -> new Material(ids.next(), kind, Material.Source.REGISTER, confirmed.register(),
                            null,
                            null, null, clock.instant(), confirmed.demo()));
        }).flatMap(material -> materials.insert(id, material, caller.subject()).thenReturn(material));
    }

    private Mono<Application> open(Caller caller, UUID id) {
        return access.lockOwn(caller, id)
                .filterWhen(application -> application.state().name().isUnfinished()
                        ? deadlines.touched(application).thenReturn(true)
                        : changes.hasOpen(id))
                .switchIfEmpty(Mono.defer(() -> access.lockOwn(caller, id)
                        .flatMap(application -> Mono.error(Decisions.closed(application)))));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
