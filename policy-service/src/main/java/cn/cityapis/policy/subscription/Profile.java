package cn.cityapis.policy.subscription;

import cn.cityapis.policy.entitlement.Offers;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may be offered something.
 *
 * @param audiences    codes of what he is
 * @param amountMinFen the least sum he wants to hear of; a share without a sum is then not meant
 */
@Schema(description = "待遇查找中的人或企业")
record Profile(@Schema(description = "身份代码，取自待遇查找所列的代码") List<String> audiences,
        @Schema(description = "最低金额（分）；没有规定金额的待遇此时不算", example = "100000") @Nullable Long amountMinFen) {

    /** The articles that offer it to him, or to any who are like him in part. */
    List<String> articles(List<Offers.Offer> offers) {
        Set<String> meant = new LinkedHashSet<>();
        audiences.forEach(code -> meant.addAll(Offers.related(code)));
        return offers.stream().filter(offer -> offer.audiences().stream().anyMatch(meant::contains))
                .filter(offer -> amountMinFen == null
                        || offer.amountFen() != null && offer.amountFen() >= amountMinFen)
                .map(Offers.Offer::articleKey).distinct().toList();
    }
}
