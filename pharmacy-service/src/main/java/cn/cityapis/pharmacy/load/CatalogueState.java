package cn.cityapis.pharmacy.load;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of what is in a file, as far as the file is about it.
 *
 * @param drugs by insurance code
 * @param awards the latest of each medicine, batch and area
 * @param prices the latest of each medicine, type, area and first day
 * @param current the price in force of each medicine, type and area, whatever its day; what the middle seller asks as retail
 * @param suppliers by account
 * @param volumes buyers, cycles and what was agreed for the medicines
 */
record CatalogueState(long version, Map<String, KnownDrug> drugs, Map<AwardKey, KnownAward> awards,
        Map<PriceKey, KnownPrice> prices, Map<PriceKey, Long> current, KnownVolumes volumes,
        KnownInstitutions institutions, Map<String, KnownSupplier> suppliers,
        KnownParticipations participations) {

    static CatalogueState empty(long version) {
        return new CatalogueState(version, Map.of(), Map.of(), Map.of(), Map.of(), KnownVolumes.NONE,
                KnownInstitutions.NONE, Map.of(), KnownParticipations.NONE);
    }

    CatalogueState with(Map<String, KnownDrug> known) {
        return new CatalogueState(version, known, awards, prices, current, volumes, institutions, suppliers,
                participations);
    }

    CatalogueState withAwards(Map<AwardKey, KnownAward> known) {
        return new CatalogueState(version, drugs, known, prices, current, volumes, institutions, suppliers,
                participations);
    }

    CatalogueState withPrices(Map<PriceKey, KnownPrice> known, Map<PriceKey, Long> inForce) {
        return new CatalogueState(version, drugs, awards, known, inForce, volumes, institutions, suppliers,
                participations);
    }

    CatalogueState with(KnownVolumes known) {
        return new CatalogueState(version, drugs, awards, prices, current, known, institutions, suppliers,
                participations);
    }

    CatalogueState with(KnownInstitutions known) {
        return new CatalogueState(version, drugs, awards, prices, current, volumes, known, suppliers,
                participations);
    }

    CatalogueState withSuppliers(Map<String, KnownSupplier> known) {
        return new CatalogueState(version, drugs, awards, prices, current, volumes, institutions, known,
                participations);
    }

    CatalogueState with(KnownParticipations known) {
        return new CatalogueState(version, drugs, awards, prices, current, volumes, institutions, suppliers, known);
    }

    record KnownSupplier(UUID id, String name) {
    }

    /** @param strengthUnit of what is no medicine its model or grade, of which it is one */
    record KnownDrug(UUID id, ProductKind kind, String genericName, String form, BigDecimal strengthValue,
            String strengthUnit, int packUnits, String unitName, String packName, String maker, String approvalNo) {

        KnownDrug withId(UUID other) {
            return new KnownDrug(other, kind, genericName, form, strengthValue, strengthUnit, packUnits, unitName,
                    packName, maker, approvalNo);
        }

        /** With the id of another and, where they are equal, its spelling of numbers. */
        KnownDrug like(KnownDrug other) {
            return new KnownDrug(other.id, kind, genericName, form,
                    strengthValue.compareTo(other.strengthValue) == 0 ? other.strengthValue : strengthValue,
                    strengthUnit, packUnits, unitName, packName, maker, approvalNo);
        }

        /** As it is shown. */
        String strength() {
            return kind == ProductKind.MEDICINE ? strengthValue.toPlainString() + strengthUnit : strengthUnit;
        }

        /** As many of the same, whoever makes it and by whatever approval: what prices and packs are compared by. */
        boolean isSamePack(KnownDrug other) {
            return genericName.equals(other.genericName) && form.equals(other.form)
                    && strengthValue.compareTo(other.strengthValue) == 0 && strengthUnit.equals(other.strengthUnit)
                    && packUnits == other.packUnits && unitName.equals(other.unitName);
        }
    }

    record AwardKey(UUID drug, String batch, String area) {
    }

    record KnownAward(LocalDate from, LocalDate to, @Nullable Long priceFen, String source) {
    }

    /** @param from null where the day does not matter */
    record PriceKey(UUID drug, String kind, String area, @Nullable LocalDate from) {
    }

    record KnownPrice(long fen, String source) {
    }
}
