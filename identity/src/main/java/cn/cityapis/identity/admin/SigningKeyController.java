package cn.cityapis.identity.admin;

import cn.cityapis.identity.audit.Administrator;
import cn.cityapis.identity.audit.Audit;
import cn.cityapis.identity.keys.KeyTimes;
import cn.cityapis.identity.keys.RotateKeys;
import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The keys that sign tokens: they follow each other by themselves, and sooner if an administrator says so. */
@RestController
@RequestMapping("/api/identity/v1/signing-keys")
class SigningKeyController {

    private static final String TYPE = "signing-key";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final RotateKeys rotate;
    private final Idempotency idempotency;
    private final Audit audit;
    private final InstantSource time;

    /** @param state {@code next}, {@code signing}, {@code last} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SigningKey(String kid, String state, OffsetDateTime signsFrom, @Nullable OffsetDateTime retiresAt) {
    }

    SigningKeyController(RotateKeys rotate, Idempotency idempotency, Audit audit, InstantSource time) {
        this.rotate = rotate;
        this.idempotency = idempotency;
        this.audit = audit;
        this.time = time;
    }

    @GetMapping
    ClientController.Page list() {
        return new ClientController.Page(keys(), null);
    }

    /** The next key, before its time. */
    @PostMapping
    ResponseEntity<?> next(HttpServletRequest request, @AuthenticationPrincipal Jwt token,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, body, () -> {
            Duration ahead = Requests.span(body, "signsIn", Duration.ofDays(1), Duration.ofMinutes(15),
                    Duration.ofDays(30));
            KeyTimes made = rotate.next(ahead)
                    .orElseThrow(() -> ProblemException.of(IdentityProblem.ROTATION_PENDING));
            audit.record(by, "signing-key.published", TYPE, made.kid(), Map.of("signsIn", ahead.toString()));
            return ResponseEntity.status(HttpStatus.CREATED).body(new ClientController.Page(keys(), null));
        });
    }

    /** Ends a key at once: whoever it leaked to signs nothing that is believed, and its good tokens end with it. */
    @PostMapping("/{kid}/withdrawal")
    ResponseEntity<?> withdraw(@PathVariable("kid") String kid, HttpServletRequest request,
            @AuthenticationPrincipal Jwt token) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, null, () -> {
            if (!kid.matches("[A-Za-z0-9-]{1,64}") || !rotate.withdraw(kid)) {
                throw ProblemException.of(IdentityProblem.NOT_FOUND);
            }
            audit.record(by, "signing-key.withdrawn", TYPE, kid, Map.of());
            return ResponseEntity.ok(new ClientController.Page(keys(), null));
        });
    }

    private List<SigningKey> keys() {
        Instant now = time.instant();
        List<KeyTimes> published = rotate.list();
        Instant signing = published.stream().map(KeyTimes::signsFrom).filter(from -> !from.isAfter(now))
                .max(Instant::compareTo).orElse(Instant.MIN);
        return published.stream().map(key -> new SigningKey(key.kid(), state(key, signing), at(key.signsFrom()),
                key.retiresAt() == null ? null : at(key.retiresAt()))).toList();
    }

    private static String state(KeyTimes key, Instant signing) {
        int order = key.signsFrom().compareTo(signing);
        if (order == 0) {
            return "signing";
        }
        return order > 0 ? "next" : "last";
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(ZONE).toOffsetDateTime();
    }
}
