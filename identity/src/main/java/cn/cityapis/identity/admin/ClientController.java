package cn.cityapis.identity.admin;

import cn.cityapis.identity.audit.Administrator;
import cn.cityapis.identity.audit.Audit;
import cn.cityapis.identity.clients.ClientView;
import cn.cityapis.identity.clients.ManageClients;
import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import cn.cityapis.identity.tokens.IssuedTokens;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The clients: back ends, partners, operators' programs. */
@RestController
@RequestMapping("/api/identity/v1/clients")
class ClientController {

    private static final String TYPE = "client";
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final ManageClients manage;
    private final IssuedTokens tokens;
    private final Idempotency idempotency;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<?> items, @Nullable String nextCursor) {
    }

    ClientController(ManageClients manage, IssuedTokens tokens, Idempotency idempotency, Audit audit,
            TransactionTemplate transaction, JsonMapper json) {
        this.manage = manage;
        this.tokens = tokens;
        this.idempotency = idempotency;
        this.audit = audit;
        this.transaction = transaction;
        this.json = json;
    }

    @GetMapping
    Page list(@RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int shown = Requests.limit(limit);
        List<ClientView> rows = manage.after(Requests.after(cursor), shown + 1);
        return rows.size() <= shown
                ? new Page(rows, null)
                : new Page(rows.subList(0, shown), Requests.cursor(rows.get(shown - 1).clientId()));
    }

    @GetMapping("/{clientId}")
    ResponseEntity<ClientView> get(@PathVariable("clientId") String id) {
        return ok(manage.get(id));
    }

    /** What administrators did to it, the latest first. */
    @GetMapping("/{clientId}/history")
    Page history(@PathVariable("clientId") String id) {
        manage.get(id);
        return new Page(audit.of(TYPE, id), null);
    }

    @PostMapping
    ResponseEntity<?> create(HttpServletRequest request, @AuthenticationPrincipal Jwt token,
            @RequestBody JsonNode body) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, body, () -> {
            ManageClients.Made made = manage.create(body);
            ClientView client = made.client();
            audit.record(by, "client.created", TYPE, client.clientId(), manage.facts(client.clientId()));
            return ResponseEntity.created(URI.create("/api/identity/v1/clients/" + client.clientId()))
                    .eTag(Requests.etag(client.version())).cacheControl(CacheControl.noStore())
                    .body(withSecret(made));
        });
    }

    @PutMapping("/{clientId}")
    ResponseEntity<ClientView> change(@PathVariable("clientId") String id, @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, @RequestBody JsonNode body) {
        Administrator by = Administrator.of(token);
        return Objects.requireNonNull(transaction.execute(status -> {
            Map<String, Object> before = manage.facts(id);
            ClientView changed = manage.change(id, body, version -> Requests.require(ifMatch, version));
            audit.record(by, "client.changed", TYPE, id, Map.of("before", before, "after", manage.facts(id)));
            return ok(changed);
        }));
    }

    /** A new secret; the one before is good for the given overlap. */
    @PostMapping("/{clientId}/secrets")
    ResponseEntity<?> newSecret(@PathVariable("clientId") String id, HttpServletRequest request,
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, body, () -> {
            Duration overlap = Requests.span(body, "overlap", OVERLAP, Duration.ZERO, LONGEST_OVERLAP);
            ManageClients.Made made = manage.newSecret(id, overlap, version -> Requests.require(ifMatch, version));
            audit.record(by, "client.secret-renewed", TYPE, id, Map.of("overlap", overlap.toString()));
            return ResponseEntity.ok().eTag(Requests.etag(made.client().version())).cacheControl(CacheControl.noStore())
                    .body(withSecret(made));
        });
    }

    @PostMapping("/{clientId}/suspension")
    ResponseEntity<?> suspend(@PathVariable("clientId") String id, HttpServletRequest request,
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, null, () -> {
            if (id.equals(by.clientId())) {
                throw ProblemException.of(IdentityProblem.OWN_CLIENT);
            }
            ClientView disabled = manage.disable(id, version -> Requests.require(ifMatch, version));
            audit.record(by, "client.suspended", TYPE, id, Map.of("revokedTokens", tokens.revokeAll(id)));
            return ok(disabled);
        });
    }

    @PostMapping("/{clientId}/resumption")
    ResponseEntity<?> resume(@PathVariable("clientId") String id, HttpServletRequest request,
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Administrator by = Administrator.of(token);
        return idempotency.execute(request, by, null, () -> {
            ClientView enabled = manage.enable(id, version -> Requests.require(ifMatch, version));
            audit.record(by, "client.resumed", TYPE, id, Map.of());
            return ok(enabled);
        });
    }

    private static ResponseEntity<ClientView> ok(ClientView client) {
        return ResponseEntity.ok().eTag(Requests.etag(client.version())).body(client);
    }

    private ObjectNode withSecret(ManageClients.Made made) {
        ObjectNode body = json.valueToTree(made.client());
        if (made.secret() != null) {
            body.put("secret", made.secret());
        }
        return body;
    }
}
