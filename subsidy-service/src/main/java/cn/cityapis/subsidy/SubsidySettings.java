package cn.cityapis.subsidy;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The city of this deployment.
 *
 * @param cityCode the organisation of the city's officers
 * @param areas districts, whose officers do the first review and whose budgets bear a share
 */
@ConfigurationProperties("subsidy")
public record SubsidySettings(String cityCode, List<Area> areas) {

    /** A district, by its code, which is also the organisation of its officers. */
    public record Area(String code, String name) {
    }

    public Optional<Area> area(String code) {
        return areas.stream().filter(area -> area.code().equals(code)).findFirst();
    }
}
