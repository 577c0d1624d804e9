package cn.cityapis.pharmacy.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.Coordinates;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    /** All shelves of the medicine would be gone through to find none; so the database (there is none here) is not asked. */
    @Test
    void nobodyIsLookedForAtAPriceThatThereIsNot() {
        UUID id = UUID.randomUUID();
        Drug unpriced = new Drug(id, ProductKind.MEDICINE, "药", "片剂", "1g", 30, "片", "盒", "厂", "国药准字H1", "X", null,
                null, true);
        NearbyQuery query = new NearbyQuery(new Coordinates(37.5, 122.1), CoordType.WGS84,
                new NearbyQuery.Wanted.ById(id), false, true, 20);
        assertThat(new Neighbours(null, null).having(List.of(unpriced), query)
                .collectList().block()).isEmpty();
    }
}
