package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bed as it is now, and the offer that followed by itself. */
@Schema(description = "床位与随之自动发出的入住通知")
record BedChanged(Bed bed, @Schema(description = "自动发出的入住通知编号") @Nullable UUID offerId) {
}
