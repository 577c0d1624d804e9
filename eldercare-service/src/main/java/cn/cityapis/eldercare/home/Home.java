package cn.cityapis.eldercare.home;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public care home.
 *
 * @param org the organisation that operates it
 * @param agencyOrg the agency that the district commissioned to assess for it (第十五条)
 */
public record Home(UUID id, String code, String org, String agencyOrg, String name, HomeKind kind, String districtCode,
        String districtName, String address, String phone, String openingHours, @Nullable Double lat,
        @Nullable Double lon,
        List<FeeItem> feeItems, boolean demo, long version, @Nullable Instant closedAt) {

    /** 第三条: run by the public, or built by it and run privately. */
    public enum HomeKind {
        PUBLIC, PRIVATELY_RUN
    }
}
