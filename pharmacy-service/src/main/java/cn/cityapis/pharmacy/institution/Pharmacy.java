package cn.cityapis.pharmacy.institution;

import cn.cityapis.pharmacy.geo.Coordinates;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place that sells medicines: a chain's store, a private hospital or a clinic. Its point is WGS-84. */
public record Pharmacy(UUID id, String kind, String name, @Nullable String chainName, String address, String areaCode,
        String phone, boolean insuranceAccepted, Coordinates point, boolean demo) {
}
