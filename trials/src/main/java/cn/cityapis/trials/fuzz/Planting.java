package cn.cityapis.trials.fuzz;

import cn.cityapis.trials.Place;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the person of the canaries an applicant for a place in a home and for a subsidy. */
final class Planting {

    private final HttpClient http;
    private final Place place;
    private final String token;

    Planting(HttpClient http, Place place, String token) {
        this.http = http;
        this.place = place;
        this.token = token;
    }

    /** @throws IllegalStateException if it is refused: then nothing would be looked for */
    void plant(Canaries who) throws IOException, InterruptedException {
        post("/api/eldercare/v1/applications", """
                {"filedBy":"APPLICANT","applicant":{"name":"%s","idNumber":"%s","phone":"%s",
                 "residenceAreaCode":"371002","address":"%s"},"categories":["LOW_INCOME"],
                 "homeIds":["00000000-0000-7000-8000-000000000001"],"bedKinds":["NURSING"]}"""
                .formatted(who.of("name"), who.of("idNumber"), who.of("phone"), who.of("address")));
        post("/api/subsidy/v1/applications", """
                {"schemeId":"talent-living-allowance","areaCode":"371002","applicant":{"name":"%s","idNumber":"%s",
                 "phone":"%s","bankAccount":"%s"},"facts":{"educationLevel":"doctor"}}"""
                .formatted(who.of("name"), who.of("idNumber"), who.of("phone"), who.of("bankAccount")));
    }

    private JsonNode post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(place.url() + path))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the canary was refused: " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }
}
