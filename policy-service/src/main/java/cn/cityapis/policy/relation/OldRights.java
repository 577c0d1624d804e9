package cn.cityapis.policy.relation;

import java.util.Optional;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.KeptAlive;

/** What an article that repeals keeps alive under the old rule. */
final class OldRights {

    private static final Pattern TERM = Pattern
            .compile("(?:剩余|未满|未到期|尚未期满|未享受完).{0,30}?(?:继续|仍).{0,16}?(?:原|旧|此前)");
    private static final Pattern MATTERS = Pattern.compile(
            "(?:此前|之前|以前|已|施行前).{0,20}?(?:受理|签订|批准|立项|认定|享受|发放|登记|取得|办理|申请|开工).{0,30}?(?:继续|仍).{0,20}?(?:原|旧|有效)");

    private OldRights() {
    }

    static Optional<KeptAlive> in(String article) {
        if (TERM.matcher(article).find()) {
            return Optional.of(KeptAlive.REMAINING_TERM);
        }
        return MATTERS.matcher(article).find() ? Optional.of(KeptAlive.EXISTING_MATTERS) : Optional.empty();
    }
}
