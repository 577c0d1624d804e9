package cn.cityapis.pharmacy;

import static cn.cityapis.pharmacy.Api.Who.APP;
import static cn.cityapis.pharmacy.Api.Who.CHAIN;
import static cn.cityapis.pharmacy.Api.Who.CITIZEN;
import static cn.cityapis.pharmacy.Api.Who.CITY;
import static cn.cityapis.pharmacy.Api.Who.DISTRICT;
import static cn.cityapis.pharmacy.Api.Who.OTHER_CHAIN;
import static cn.cityapis.pharmacy.Api.Who.OTHER_SUPPLIER;
import static cn.cityapis.pharmacy.Api.Who.SUPPLIER;
import static cn.cityapis.pharmacy.Api.Who.UNKNOWN_CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Every operation as every kind of caller. */
@ServiceTest(properties = "demo.data=true")
class AccessApiTest {

    private static final Set<Who> READERS = EnumSet.of(APP, CITIZEN, CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, SUPPLIER,
            OTHER_SUPPLIER, DISTRICT, CITY, Who.MAKER, Who.OTHER_MAKER, Who.CLINIC, Who.OTHER_CLINIC);
    private static final Set<Who> MAKERS = EnumSet.of(Who.MAKER, Who.OTHER_MAKER);
    private static final Set<Who> MAKERS_AND_CITY = EnumSet.of(Who.MAKER, Who.OTHER_MAKER, CITY);
    /** Who sells buys, too. */
    private static final Set<Who> SELLERS = EnumSet.of(CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, Who.CLINIC,
            Who.OTHER_CLINIC);
    private static final Set<Who> BUYERS_AND_CITY = EnumSet.of(CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, Who.CLINIC,
            Who.OTHER_CLINIC, CITY);
    private static final Set<Who> SUPPLIERS = EnumSet.of(SUPPLIER, OTHER_SUPPLIER);
    private static final Set<Who> PARTIES = EnumSet.of(CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, SUPPLIER, OTHER_SUPPLIER,
            CITY, Who.CLINIC, Who.OTHER_CLINIC);
    private static final Set<Who> CITY_ONLY = EnumSet.of(CITY);
    private static final Set<Who> OFFICES = EnumSet.of(DISTRICT, CITY);

    @LocalServerPort
    int port;

    private record Operation(HttpMethod method, String path, Set<Who> allowed) {

        static Operation get(String path, Set<Who> allowed) {
            return new Operation(HttpMethod.GET, path, allowed);
        }

        boolean takesFile() {
            return method == HttpMethod.POST
                    && (path.startsWith("/stock-imports/") || path.equals("/catalogue-imports"));
        }

        String mediaType() {
            return path.endsWith("ndjson") ? "application/x-ndjson" : "text/csv";
        }

        static Operation post(String path, Set<Who> allowed) {
            return new Operation(HttpMethod.POST, path, allowed);
        }
    }

    static Stream<Operation> operations() {
        return Stream.of(Operation.get("/drugs", READERS), Operation.get("/drugs/{drugId}", READERS),
                Operation.get("/drugs/{drugId}/awards", READERS), Operation.get("/drugs/{drugId}/prices", READERS),
                Operation.get("/drugs/{drugId}/former", READERS),
                Operation.get("/pharmacies/nearby", READERS), Operation.get("/pharmacies/{pharmacyId}", READERS),
                Operation.get("/pharmacies/nearby/geojson", READERS), Operation.get("/pharmacy-map", READERS),
                Operation.get("/pharmacies/for-list", READERS),
                Operation.post("/stores/{storeId}/opening-exceptions", SELLERS),
                Operation.post("/stock-imports/csv", SELLERS), Operation.post("/stock-imports/ndjson", SELLERS),
                Operation.post("/catalogue-imports", CITY_ONLY), Operation.get("/catalogue-imports", CITY_ONLY),
                Operation.get("/catalogue-imports/{importId}", CITY_ONLY),
                Operation.get("/catalogue-imports/{importId}/lines", CITY_ONLY),
                Operation.post("/catalogue-imports/{importId}/application", CITY_ONLY),
                Operation.post("/deliveries/{deliveryId}/returns", SELLERS), Operation.get("/returns", PARTIES),
                Operation.get("/returns/{returnId}", PARTIES),
                Operation.post("/returns/{returnId}/confirmation", SUPPLIERS),
                Operation.post("/returns/{returnId}/refusal", SUPPLIERS),
                Operation.post("/green-channel-applications", MAKERS),
                Operation.get("/green-channel-applications", MAKERS_AND_CITY),
                Operation.get("/green-channel-applications/{applicationId}", MAKERS_AND_CITY),
                Operation.post("/green-channel-applications/{applicationId}/resubmission", MAKERS),
                Operation.post("/green-channel-applications/{applicationId}/decision", CITY_ONLY),
                Operation.post("/matching-events", CITY_ONLY),
                Operation.get("/matching-events",
                        EnumSet.of(CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, Who.CLINIC, Who.OTHER_CLINIC, CITY, Who.MAKER,
                                Who.OTHER_MAKER)),
                Operation.post("/matching-events/{eventId}/interest", SELLERS),
                Operation.post("/matching-events/{eventId}/outcome", CITY_ONLY),
                Operation.post("/quarterly-reports", CITY_ONLY), Operation.get("/quarterly-reports", READERS),
                Operation.get("/quarterly-reports/{reportId}", READERS),
                Operation.get("/quarterly-reports/{reportId}/xlsx", READERS),
                Operation.get("/quarterly-reports/{reportId}/page", READERS),
                Operation.get("/settlement-statements", PARTIES),
                Operation.get("/agreed-volumes", BUYERS_AND_CITY),
                Operation.get("/suppliers", READERS), Operation.get("/stores", SELLERS),
                Operation.post("/stock-reports", SELLERS), Operation.post("/orders", SELLERS),
                Operation.get("/orders", PARTIES), Operation.get("/orders/{orderId}", PARTIES),
                Operation.post("/orders/{orderId}/confirmation", SUPPLIERS),
                Operation.post("/orders/{orderId}/refusal", SUPPLIERS),
                Operation.post("/orders/{orderId}/cancellation", SELLERS),
                Operation.post("/orders/{orderId}/closure",
                        EnumSet.of(CHAIN, OTHER_CHAIN, UNKNOWN_CHAIN, Who.CLINIC, Who.OTHER_CLINIC, SUPPLIER,
                                OTHER_SUPPLIER)),
                Operation.post("/orders/{orderId}/deliveries", SUPPLIERS),
                Operation.post("/deliveries/{deliveryId}/withdrawal", SUPPLIERS),
                Operation.get("/deliveries", PARTIES), Operation.get("/deliveries/{deliveryId}", PARTIES),
                Operation.post("/deliveries/{deliveryId}/acceptance", SELLERS),
                Operation.post("/deliveries/{deliveryId}/rejection", SELLERS),
                Operation.get("/settlements", PARTIES), Operation.get("/settlements/{settlementId}", PARTIES),
                Operation.post("/settlements/{settlementId}/payment", SELLERS),
                Operation.post("/settlements/{settlementId}/receipt", SUPPLIERS),
                Operation.post("/settlements/{settlementId}/reversal", SUPPLIERS),
                Operation.post("/settlements/{settlementId}/refund", SUPPLIERS),
                Operation.post("/settlements/{settlementId}/office-reversal", CITY_ONLY),
                Operation.get("/price-flags", OFFICES), Operation.get("/price-cases", OFFICES),
                Operation.get("/price-cases/{priceCaseId}", OFFICES),
                Operation.post("/price-cases/{priceCaseId}/closure", OFFICES),
                Operation.get("/own-price-cases", SELLERS), Operation.get("/own-price-cases/{priceCaseId}", SELLERS),
                Operation.post("/own-price-cases/{priceCaseId}/answer", SELLERS),
                Operation.get("/public-markup", READERS),
                Operation.get("/drugs/{drugId}/purchases", BUYERS_AND_CITY));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isOpenToTheKindsOfCallersThatNeedItOnly(Operation operation) {
        String path = operation.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        for (Who who : Who.values()) {
            var answer = operation.takesFile()
                    ? Api.as(port, who).upload(path + "?kind=prices", operation.mediaType(), new byte[]{'x'}, null)
                    : Api.as(port, who).send(operation.method(), path, null, null, null);
            boolean refused = answer.status() == 403 && answer.code().equals("forbidden");
            assertThat(refused).as("%s %s as %s: %s", operation.method(), path, who, answer)
                    .isEqualTo(!operation.allowed().contains(who));
            assertThat(answer.status()).as("%s %s as %s: %s", operation.method(), path, who, answer).isLessThan(500);
        }
        assertThat(Apis.client(port).method(operation.method()).uri(Api.BASE + path).exchange().expectBody()
                .returnResult().getStatus().value()).isEqualTo(401);
        assertThat(Apis.client(port, Tokens.client("x").scopes("pharmacy.read").forged()).method(operation.method())
                .uri(Api.BASE + path).exchange().expectBody().returnResult().getStatus().value()).isEqualTo(401);
    }

    @Test
    void noOperationIsForgottenHere() {
        byte[] body = Apis.client(port).get().uri("/v3/api-docs").exchange().expectBody().returnResult()
                .getResponseBody();
        JsonNode paths = Api.JSON.readTree(body == null ? new byte[0] : body).path("paths");
        // the webhooks are the shared library's and walked there
        var served = paths.propertyStream().filter(path -> !path.getKey().contains("/webhooks"))
                .flatMap(path -> path.getValue().propertyStream()
                        .map(method -> method.getKey() + " " + path.getKey().substring(Api.BASE.length())));
        assertThat(served.toList()).containsExactlyInAnyOrderElementsOf(operations()
                .map(o -> o.method().name().toLowerCase(Locale.ROOT) + " " + o.path()).toList());
    }
}
