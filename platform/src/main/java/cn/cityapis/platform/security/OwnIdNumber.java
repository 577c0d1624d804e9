package cn.cityapis.platform.security;

import cn.cityapis.issuer.IdNumberDigests;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.Violation;
import java.util.Optional;

/** Whether a citizen who gives an ID number as his own is the one whom the token knows by it. */
public final class OwnIdNumber {

    private final IdNumberDigests digests;
    private final boolean required;

    /** What a token says of a number. */
    public enum Proof {
        OWN, ANOTHERS, UNKNOWN
    }

    /** @param required whether tokens that say nothing of the number are refused */
    OwnIdNumber(IdNumberDigests digests, boolean required) {
        this.digests = digests;
        this.required = required;
    }

    Proof proof(Caller caller, ResidentId number) {
        return Optional.ofNullable(caller.idNumberDigest())
                .flatMap(digest -> digests.matches(digest, caller.subject(), number.value()))
                .map(same -> same ? Proof.OWN : Proof.ANOTHERS)
                .orElse(Proof.UNKNOWN);
    }

    /** Why a citizen may not give this number as his own; empty for whoever is none, and acts by his office. */
    public Optional<Violation> refusal(Caller caller, ResidentId number, String pointer) {
        if (!caller.isCitizen()) {
            return Optional.empty();
        }
        return switch (proof(caller, number)) {
            case OWN -> Optional.empty();
            case ANOTHERS ->
                Optional.of(new Violation(pointer, "not-own", "公民身份号码与实名认证的不一致，请填写本人的号码"));
            // a digest under a key that is not here says that something is there to be checked
            case UNKNOWN -> required || caller.idNumberDigest() != null
                    ? Optional.of(new Violation(pointer, "id-number-unproven", "登录时没有核验公民身份号码，请以姓名和公民身份号码完成实名认证后再办理"))
                    : Optional.empty();
        };
    }
}
