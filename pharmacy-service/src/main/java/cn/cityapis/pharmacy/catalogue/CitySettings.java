package cn.cityapis.pharmacy.catalogue;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The city that this deployment is for (decision 0033).
 *
 * @param code six digits, of the standard codes of areas
 */
@ConfigurationProperties("city")
public record CitySettings(String code) {

    private static final String NATION = "100000";

    public CitySettings {
        if (!code.matches("\\d{6}")) {
            throw new IllegalArgumentException("city.code: six digits, not " + code);
        }
    }

    /** The areas whose awards and prices hold here, the most specific first: the city, its province, the nation. */
    public List<String> areas() {
        return Stream.of(code, code.substring(0, 2) + "0000", NATION).distinct().toList();
    }
}
