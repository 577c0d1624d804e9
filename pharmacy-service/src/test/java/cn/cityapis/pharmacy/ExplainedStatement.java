package cn.cityapis.pharmacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** How PostgreSQL carries a statement out, with the values as they are bound, on a connection of its own. */
public final class ExplainedStatement {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

    private final Environment settings;
    private final String numbered;
    private final List<String> names;

    public ExplainedStatement(Environment settings, String sql) {
        this.settings = settings;
        this.names = PARAMETER.matcher(sql).results().map(m -> m.group(1)).distinct().toList();
        this.numbered = PARAMETER.matcher(sql)
                .replaceAll(m -> Matcher.quoteReplacement("$" + (names.indexOf(m.group(1)) + 1)));
    }

    /**
     * The root of the plan, of which all was carried out.
     *
     * @param values as SQL, cast to their types
     * @param options statements that go before, e.g. settings of the planner
     */
    public JsonNode plan(Map<String, String> values, String... options) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.getRequiredProperty("spring.flyway.url"),
                settings.getRequiredProperty("spring.flyway.user"),
                settings.getRequiredProperty("spring.flyway.password"));
                Statement statement = connection.createStatement()) {
            for (String option : options) {
                statement.execute(option);
            }
            statement.execute("PREPARE explained (" + String.join(", ", names.stream()
                    .map(name -> values.get(name).replaceFirst(".*::", "")).toList()) + ") AS " + numbered);
            try (ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained ("
                    + String.join(", ", names.stream().map(values::get).toList()) + ")")) {
                plan.next();
                return Api.JSON.readTree(plan.getString(1)).at("/0/Plan");
            }
        }
    }
}
