package cn.cityapis.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.WorkingCalendar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An alert on a series that nobody writes never fires: each that the alerts ask of every service is there. */
@ServiceTest(classes = SampleApplication.class)
class AlertMetricsApiTest {

    private static final Pattern OF_A_SERVICE = Pattern
            .compile("\\b(http|logback|jvm|disk|process|r2dbc|tasks|webhook|working)_[a-z0-9_]+");
    private static final int TRIES = 100;

    @LocalServerPort
    int port;
    @Autowired
    WorkingCalendar calendar;

    @Test
    void aServiceWritesEverySeriesThatTheAlertsAskOfIt() throws Exception {
        Set<String> asked = OF_A_SERVICE.matcher(Files.readString(Path.of("../deploy/prometheus/alerts.yml")))
                .results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).hasSizeGreaterThan(8);
        for (int i = 0; i < TRIES && !names().containsAll(asked); i++) {
            Thread.onSpinWait();
        }
        assertThat(names()).containsAll(asked);
    }

    @Test
    void aDeliveryThatWasNeverGivenUpIsCountedFromZero() throws Exception {
        assertThat(scrape()).containsPattern("webhook_deliveries_total\\{outcome=\"dead\"[^}]*} 0\\.0");
    }

    @Test
    void theCalendarEndsWithTheDayAfterItsLast() throws Exception {
        long end = calendar.lastKnown().plusDays(1).atStartOfDay(ZoneId.of("Asia/Shanghai")).toEpochSecond();
        String line = scrape().lines().filter(l -> l.startsWith("working_calendar_end_seconds")).findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(line.substring(line.indexOf(' ')))).isEqualTo(end);
    }

    private Set<String> names() throws IOException, InterruptedException {
        return scrape().lines().filter(line -> !line.startsWith("#")).map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private String scrape() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                    .build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
