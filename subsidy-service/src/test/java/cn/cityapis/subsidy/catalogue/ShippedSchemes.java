package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The schemes that the service ships, for tests. */
public final class ShippedSchemes {

    public static final String ALLOWANCE = "talent-living-allowance";
    public static final String RD = "talent-insurance-rd";
    public static final String PERSONAL = "talent-insurance-personal";

    public static final List<String> FILES = List.of("innovation-2023", "talent-insurance-old-terms", PERSONAL, RD,
            ALLOWANCE);

    /** As announced, from 2018 to 2026. */
    public static final WorkingCalendar CALENDAR = WorkingCalendar.read(
            Objects.requireNonNull(WorkingCalendar.class.getResourceAsStream("/cn-working-calendar.csv")));

    private ShippedSchemes() {
    }

    public static String text(String id) {
        try (InputStream in = Objects
                .requireNonNull(ShippedSchemes.class.getResourceAsStream("/schemes/" + id + ".yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The living allowance once more, as the first version of another scheme. */
    public static String allowance(String id) {
        return text(ALLOWANCE).replace("id: " + ALLOWANCE + "\n", "id: " + id + "\n")
                .replace("version: 2\n", "version: 1\n");
    }

    public static Scheme scheme(String id) {
        return new SchemeReader().read(text(id));
    }

    public static CompiledScheme published(String id) {
        return Publication.publish(scheme(id), CALENDAR);
    }

    /** Every scheme of every file, as the service publishes them. */
    public static List<CompiledScheme> all() {
        return FILES.stream().flatMap(file -> new SchemeReader().readAll(text(file)).stream())
                .map(one -> Publication.publish(one.scheme(), CALENDAR)).toList();
    }

    public static SchemeCatalogue catalogue() {
        return new SchemeCatalogue(all());
    }

    public static List<CompiledScheme> forPersons() {
        return catalogue().forKind(ApplicantKind.PERSON, java.time.LocalDate.MAX);
    }
}
