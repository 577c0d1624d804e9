package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.geo.Coordinates;
import cn.cityapis.pharmacy.institution.OpeningHours;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of institutions, as far as a file is about them.
 *
 * @param places by the office's code; of those that have none, by their id
 * @param chains by the account of the head office
 * @param accounts whose the accounts are that places without a chain have
 * @param areas codes of the areas that there are
 */
record KnownInstitutions(Map<String, Place> places, Map<String, Chain> chains, Map<String, UUID> accounts,
        Set<String> areas) {

    static final KnownInstitutions NONE = new KnownInstitutions(Map.of(), Map.of(), Map.of(), Set.of());

    record Chain(UUID id, String name) {
    }

    /**
     * An institution as it is, or as a line has it.
     *
     * @param account with which a place without a chain reports for itself
     * @param point WGS-84
     * @param closedOn from which day on it is closed for good, if it is
     */
    record Place(UUID id, String kind, String name, @Nullable UUID chain, @Nullable String account, String address,
            String area, String phone, boolean insured, Coordinates point, List<OpeningHours> hours,
            boolean keepsCalendar, @Nullable LocalDate closedOn) {

        /** This place where the other one is, if that is the same spot for all that a file's decimals tell. */
        Place settledAt(Coordinates there) {
            return there.distanceTo(point) > SAME_SPOT_M
                    ? this
                    : new Place(id, kind, name, chain, account, address, area, phone, insured, there, hours,
                            keepsCalendar, closedOn);
        }

        private static final double SAME_SPOT_M = 1;
    }
}
