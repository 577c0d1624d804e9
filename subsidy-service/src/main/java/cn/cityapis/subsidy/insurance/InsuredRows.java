package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import io.r2dbc.spi.Readable;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The insured of a filing as they are read again, and what the same persons had in other years. */
@Component
class InsuredRows {

    private static final String TABLE = "insurance_row";
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {
    };

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final JsonMapper json;

    InsuredRows(DatabaseClient database, FieldCipher cipher, JsonMapper json) {
        this.database = database;
        this.cipher = cipher;
        this.json = json;
    }

    private record Sealed(UUID id, int line, String scheme, byte[] number, int years) {
    }

    /** Masked, in the order of the table. */
    Mono<List<InsuredRow>> page(UUID filing, PageRequest page) {
        return database.sql("""
                SELECT id, line, scheme_id, scheme_version, name_sealed, id_sealed, company, policy_number, premium_fen,
                       subsidy_fen, facts::text AS facts
                  FROM insurance_row WHERE filing_id = :filing AND line > :after ORDER BY line LIMIT :limit
                """)
                .bind("filing", filing)
                .bind("after", Cursors.numberAfter(page))
                .bind("limit", page.rowsToRead())
                .map(this::row)
                .all()
                .collectList();
    }

    private InsuredRow row(Readable row) {
        UUID id = row.get("id", UUID.class);
        return new InsuredRow(row.get("line", Integer.class), row.get("scheme_id", String.class),
                row.get("scheme_version", Integer.class),
                Masking.name(cipher.decrypt(TABLE, "name", id, row.get("name_sealed", byte[].class))),
                Masking.idNumber(number(id, row.get("id_sealed", byte[].class))), row.get("company", String.class),
                row.get("policy_number", String.class), row.get("premium_fen", Long.class),
                row.get("subsidy_fen", Long.class), json.readValue(row.get("facts", String.class), FACTS));
    }

    private String number(UUID id, byte[] sealed) {
        return cipher.decrypt(TABLE, "id_number", id, sealed);
    }

    /** What the table of a filing says of earlier years, person by person. */
    Mono<List<YearRules.Claim>> claims(UUID filing) {
        return database.sql("""
                SELECT id, line, scheme_id, id_sealed,
                       coalesce(facts ->> 'rdYearsSubsidised', facts ->> 'personalYearsSubsidised', '0')::int AS years
                  FROM insurance_row WHERE filing_id = :filing ORDER BY line
                """)
                .bind("filing", filing)
                .map(row -> new Sealed(row.get("id", UUID.class), row.get("line", Integer.class),
                        row.get("scheme_id", String.class), row.get("id_sealed", byte[].class),
                        row.get("years", Integer.class)))
                .all()
                .collectList()
                .publishOn(Schedulers.boundedElastic())
                .map(rows -> rows.stream().map(this::claim).toList());
    }

    /** Rows of old keep the number as it was written. */
    private YearRules.Claim claim(Sealed row) {
        String number = ResidentId.parse(number(row.id(), row.number())).orElseThrow().value();
        return new YearRules.Claim(row.line(), new YearRules.Insured(row.scheme(), number), row.years());
    }

    /** The years of other rounds in which these persons were approved. */
    Mono<Map<YearRules.Insured, Set<Integer>>> approved(UUID round, List<YearRules.Claim> claims) {
        Map<String, String> numbers = new HashMap<>();
        claims.forEach(claim -> spellings(claim.insured().idNumber())
                .forEach(spelling -> numbers.put(index(spelling), claim.insured().idNumber())));
        return database.sql("""
                SELECT w.scheme_id, encode(w.id_index, 'hex') AS person, r.year
                  FROM insurance_row w
                  JOIN insurance_filing f ON f.id = w.filing_id
                  JOIN insurance_round r ON r.id = w.round_id
                 WHERE w.id_index IN (SELECT decode(one, 'hex') FROM unnest(:persons::text[]) one)
                   AND w.round_id <> :round AND f.state IN ('approved', 'transferred', 'paying', 'paid')
                """)
                .bind("persons", numbers.keySet().toArray(String[]::new))
                .bind("round", round)
                .map(row -> Map.entry(
                        new YearRules.Insured(row.get("scheme_id", String.class),
                                String.valueOf(numbers.get(row.get("person", String.class)))),
                        row.get("year", Integer.class)))
                .all()
                .collectList()
                .map(all -> all.stream().collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    }

    /** The index of a number that ends in X was once taken of the letter as it was written. */
    private static Stream<String> spellings(String number) {
        return Stream.of(number, number.toLowerCase(Locale.ROOT)).distinct();
    }

    private String index(String number) {
        return HexFormat.of().formatHex(cipher.blindIndex("application.id_number", number));
    }

    /** Earlier years in which the measures of a round were in force, and of which there is no round here. */
    Mono<Integer> unknownYears(UUID round) {
        return database.sql("""
                SELECT count(*)::int
                  FROM insurance_round r
                  JOIN insurance_rule l ON l.valid_from <= r.opens AND l.valid_until >= r.opens
                 CROSS JOIN generate_series(extract(year FROM l.valid_from)::int, r.year - 1) y
                 WHERE r.id = :round AND NOT EXISTS (SELECT FROM insurance_round o WHERE o.year = y)
                """)
                .bind("round", round).mapValue(Integer.class).one();
    }

    /** One filing at a time is approved: two years of one person cannot both be the first. */
    Mono<Void> lockYears() {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended('subsidy-insured-years', 0))").then();
    }
}
