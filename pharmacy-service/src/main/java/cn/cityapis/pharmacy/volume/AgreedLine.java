package cn.cityapis.pharmacy.volume;

import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What a buyer agreed to take of a medicine in a cycle.
 *
 * @param same what medicines share that are the same but for maker and pack
 */
record AgreedLine(UUID cycleId, String cycleName, LocalDate validFrom, LocalDate validTo, UUID chainId,
        String chainName, UUID drugId, String genericName, String same, int packUnits, String matchedBy, int packs) {

    static AgreedLine of(Readable row) {
        return new AgreedLine(row.get("cycle_id", UUID.class), row.get("cycle_name", String.class),
                row.get("valid_from", LocalDate.class), row.get("valid_to", LocalDate.class),
                row.get("chain_id", UUID.class), row.get("chain_name", String.class), row.get("drug_id", UUID.class),
                row.get("generic_name", String.class), row.get("same", String.class),
                row.get("pack_units", Integer.class), row.get("matched_by", String.class),
                row.get("packs", Integer.class));
    }

    VolumeRules.Standing standing(long accepted, LocalDate day, VolumeRules.Threshold threshold) {
        return VolumeRules.standing(packs, accepted, VolumeRules.timePassedBp(validFrom, validTo, day), threshold);
    }

    AgreedVolume fulfilled(long accepted, LocalDate day, VolumeRules.Threshold threshold) {
        VolumeRules.Standing standing = standing(accepted, day, threshold);
        return new AgreedVolume(cycleId, cycleName, validFrom, validTo, chainId, chainName, drugId, genericName,
                matchedBy, packs, accepted, standing.expectedPacks(), standing.fulfilmentBp(), standing.timePassedBp(),
                standing.behind());
    }
}
