package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.process.Ledger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Who is kept out: callers without a fitting token, paths that are nobody's business, services in others' databases. */
final class Door {

    private static final List<String> READINGS = List.of("/api/policy/v1/documents?q=x", "/api/eldercare/v1/homes",
            "/api/subsidy/v1/schemes", "/api/pharmacy/v1/pharmacies/nearby?lat=37.5&lon=122.1&coordType=gcj02&q=akbt");

    private final Callers callers;

    Door(Callers callers) {
        this.callers = callers;
    }

    void isShutWithoutAToken() {
        for (String path : READINGS) {
            callers.anonymous().get(path).expectProblem(401, "token-missing");
            callers.anonymous().as("not.a.token").get(path).expectProblem(401, "token-invalid");
        }
    }

    void isShutForATokenOfAnotherAudience() {
        Api operator = callers.as(DemoIdentity.HOME_OPERATOR);
        operator.get(READINGS.get(1)).expect(200);
        operator.get(READINGS.get(0)).expectProblem(401, "token-invalid");
        operator.get(READINGS.get(3)).expectProblem(401, "token-invalid");
    }

    void isShutForAForgedToken() {
        String[] parts = String.valueOf(callers.as(DemoIdentity.APP).token()).split("\\.", -1);
        String other = String.valueOf(callers.as(DemoIdentity.CITY).token()).split("\\.", -1)[1];
        callers.anonymous().as(parts[0] + "." + other + "." + parts[2]).get(READINGS.get(0))
                .expectProblem(401, "token-invalid");
    }

    void showsNothingOfTheInside() {
        for (String path : List.of("/actuator/health", "/actuator/prometheus", "/v3/api-docs",
                "/api/policy/v1/../../actuator",
                "/api/policy/v2/documents", "/none")) {
            assertThat(callers.as(DemoIdentity.ADMIN).get(path).status()).as(path).isIn(400, 404);
        }
    }

    /** With the real password of each role, on the running stack's server. */
    void keepsEachServiceInItsOwnDatabase(DataFolder data) throws SQLException {
        int port = Ledger.read(data.running()).orElseThrow().processes().get("postgres").port();
        Secrets secrets = Secrets.open(data);
        for (Component role : Component.withDatabase()) {
            for (Component database : Component.withDatabase()) {
                String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database.shortName();
                if (role == database) {
                    try (Connection own = connect(url, role, secrets)) {
                        assertThat(own.isValid(5)).isTrue();
                    }
                } else {
                    assertThatThrownBy(() -> connect(url, role, secrets)).as("%s in %s", role, database)
                            .isInstanceOf(SQLException.class).hasMessageContaining("no pg_hba.conf entry");
                }
            }
        }
    }

    private static Connection connect(String url, Component role, Secrets secrets) throws SQLException {
        return DriverManager.getConnection(url, role.shortName(), secrets.databasePassword(role));
    }
}
