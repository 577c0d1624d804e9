package cn.cityapis.bench.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.cityapis.bench.Database;
import cn.cityapis.bench.Pgbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: a small city in the service's own tables, and the bare query on it. */
class CityTest {

    @TempDir
    Path folder;

    @Test
    void isMadeAndGrowsAndTheBareQueryAnswers() throws Exception {
        try (Database database = new Database(folder.resolve("postgres"), "pharmacy")) {
            migrate(database, Path.of("../platform/src/main/resources/db/platform"));
            migrate(database, Path.of("../pharmacy-service/src/main/resources/db/migration"));
            City city = new City(database);
            city.open();
            assertThat(database.number("SELECT count(*) FROM institution")).isEqualTo(City.REAL);
            assertThat(database.number("SELECT count(*) FROM stock WHERE drug_id = '" + City.COMMON + "'"))
                    .isBetween(1_100L, 1_390L);
            city.growTo(20_000);
            assertThat(database.number("SELECT count(*) FROM institution WHERE id = '" + City.place(20_000) + "'"))
                    .isEqualTo(1);
            assertThat(database.number("SELECT count(*) FROM stock WHERE drug_id = '" + City.RARE + "'")).isEqualTo(10);
            assertThat(database.number("SELECT count(*) FROM pg_indexes WHERE indexname = 'stock_nearest'"))
                    .isEqualTo(1);
            assumeTrue(Pgbench.isThere(), "pgbench is not on the PATH");
            assertThat(new BareNearest(new Pgbench(database, folder)).aSecond(City.COMMON, 1, 1)).isPositive();
        }
    }

    private static void migrate(Database database, Path migrations) throws IOException, SQLException {
        List<Path> files;
        try (Stream<Path> all = Files.list(migrations)) {
            files = all.sorted(Comparator.comparingDouble(CityTest::version)).toList();
        }
        for (Path file : files) {
            // in a transaction, as Flyway does it
            database.run("BEGIN;" + Files.readString(file) + ";COMMIT");
        }
    }

    private static double version(Path file) {
        return Double.parseDouble(file.getFileName().toString().replaceAll("V([0-9]+(?:_[0-9]+)?)__.*", "$1")
                .replace('_', '.'));
    }

    @Test
    void flagsAreRead() {
        Options options = Options.parse(new String[]{"--institutions", "5000", "--write"});
        assertThat(options.institutions()).isEqualTo(5000);
        assertThat(options.write()).isTrue();
        assertThat(options.lines() % City.MEDICINES).isNotNegative();
    }
}
