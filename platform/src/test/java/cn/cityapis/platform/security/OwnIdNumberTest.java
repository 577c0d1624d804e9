package cn.cityapis.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.issuer.IdNumberDigests;
import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.platform.problem.Violation;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnIdNumberTest {

    private static final ResidentId NUMBER = new ResidentId("11010519491231002X");
    private static final ResidentId ANOTHERS = new ResidentId("371002199405020017");
    private static final IdNumberDigests KEYS = IdNumberDigests.parse("k1:" + "a1".repeat(32), false);
    private static final IdNumberDigests OTHER_KEYS = IdNumberDigests.parse("k2:" + "b2".repeat(32), false);

    private static Caller citizen(@Nullable String digest) {
        return new Caller("app", "c-1", null, Set.of(), Set.of(), Assurance.REAL_NAME, digest);
    }

    private static @Nullable String refused(boolean required, Caller caller, ResidentId number) {
        return new OwnIdNumber(KEYS, required).refusal(caller, number, "/idNumber").map(Violation::code).orElse(null);
    }

    @Test
    void onlyTheNumberOfTheTokenIsTheCallers() {
        OwnIdNumber own = new OwnIdNumber(KEYS, false);
        Caller caller = citizen(KEYS.of("c-1", NUMBER.value()));
        assertThat(own.proof(caller, NUMBER)).isEqualTo(OwnIdNumber.Proof.OWN);
        assertThat(own.proof(caller, ANOTHERS)).isEqualTo(OwnIdNumber.Proof.ANOTHERS);
        assertThat(own.proof(citizen(null), NUMBER)).isEqualTo(OwnIdNumber.Proof.UNKNOWN);
        assertThat(own.proof(citizen(KEYS.of("c-2", NUMBER.value())), NUMBER)).isEqualTo(OwnIdNumber.Proof.ANOTHERS);
        assertThat(refused(true, caller, NUMBER)).isNull();
        assertThat(refused(false, caller, ANOTHERS)).isEqualTo("not-own");
        assertThat(refused(true, caller, ANOTHERS)).isEqualTo("not-own");
    }

    @Test
    void aTokenThatSaysNothingAppliesOnlyWhereThatIsAllowed() {
        assertThat(refused(true, citizen(null), NUMBER)).isEqualTo("id-number-unproven");
        assertThat(refused(false, citizen(null), NUMBER)).isNull();
    }

    /** Else a key that was forgotten in one service would switch the check off. */
    @Test
    void aDigestUnderAnUnknownKeyIsNeverLetThrough() {
        Caller caller = citizen(OTHER_KEYS.of("c-1", NUMBER.value()));
        assertThat(refused(true, caller, NUMBER)).isEqualTo("id-number-unproven");
        assertThat(refused(false, caller, NUMBER)).isEqualTo("id-number-unproven");
    }

    @Test
    void anOfficerEntersTheNumbersOfOthers() {
        Caller officer = new Caller("console", "officer", "371002", Set.of("district"), Set.of(), Assurance.NONE, null);
        assertThat(refused(true, officer, NUMBER)).isNull();
    }
}
