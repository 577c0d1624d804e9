package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.home.BedType;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("第八条, 第二十条: couples are placed together where the later of the two stands, and overtake nobody")
class PairRulesTest {

    private static final UUID HE = UUID.randomUUID();
    private static final UUID SHE = UUID.randomUUID();
    private int queueNumber;

    private static Bed bed(String label, Needs.@Nullable Sex sex) {
        return new Bed(UUID.randomUUID(), UUID.randomUUID(), new BedType(UUID.randomUUID(), BedKind.NURSING,
                EnumSet.of(AbilityLevel.MODERATE), 1), label, sex, false, Bed.State.FREE, 1);
    }

    private OfferRules.Standing standing(UUID application, Needs.Sex sex, @Nullable UUID companion, boolean offerOpen) {
        return new OfferRules.Standing(new Entry(UUID.randomUUID(), application, UUID.randomUUID(), ++queueNumber,
                Channel.ORDINARY, Instant.EPOCH, Entry.Phase.WAITING, "张*",
                new Needs(AbilityLevel.MODERATE, sex, Set.of(), companion), null), offerOpen);
    }

    private OfferRules.Standing single(Needs.Sex sex) {
        return standing(UUID.randomUUID(), sex, null, false);
    }

    private static List<Candidate.Verdict> verdicts(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::verdict).toList();
    }

    @Test
    void twoFreeBedsGoToBothOfThem() {
        List<OfferRules.Standing> queue = List.of(standing(HE, Needs.Sex.MALE, SHE, false),
                standing(SHE, Needs.Sex.FEMALE, HE, false));
        Bed women = bed("1", Needs.Sex.FEMALE);
        Bed men = bed("2", Needs.Sex.MALE);
        for (List<Bed> beds : List.of(List.of(women, men), List.of(men, women))) {
            PairRules.Together together = OfferRules.choose(beds.get(0), List.of(beds.get(1)), queue).together()
                    .orElseThrow();
            assertThat(together.earlier().bed()).isEqualTo(men);
            assertThat(together.later().bed()).isEqualTo(women);
            assertThat(verdicts(together.earlier().candidates())).containsExactly(Candidate.Verdict.FITS);
            assertThat(verdicts(together.later().candidates())).containsExactly(Candidate.Verdict.OFFER_OPEN,
                    Candidate.Verdict.FITS);
        }
    }

    @Test
    void oneFreeBedGoesToWhoeverStandsBehindThem() {
        List<OfferRules.Standing> queue = List.of(standing(HE, Needs.Sex.MALE, SHE, false),
                standing(SHE, Needs.Sex.FEMALE, HE, false), single(Needs.Sex.MALE));
        OfferRules.Choice choice = OfferRules.choose(bed("1", null), List.of(), queue);
        assertThat(verdicts(choice.candidates())).containsExactly(Candidate.Verdict.WAITS_FOR_COMPANION,
                Candidate.Verdict.NO_SECOND_BED, Candidate.Verdict.FITS);
    }

    @Test
    void whoStandsBetweenThemIsNotOvertaken() {
        List<OfferRules.Standing> queue = List.of(standing(HE, Needs.Sex.MALE, SHE, false), single(Needs.Sex.FEMALE),
                standing(SHE, Needs.Sex.FEMALE, HE, false));
        Bed men = bed("1", Needs.Sex.MALE);
        Bed women = bed("2", Needs.Sex.FEMALE);
        assertThat(OfferRules.choose(men, List.of(women), queue).chosen()).isEmpty();
        OfferRules.Choice choice = OfferRules.choose(women, List.of(men), queue);
        assertThat(choice.chosen()).hasValueSatisfying(entry -> assertThat(entry.queueNumber()).isEqualTo(2));
        assertThat(choice.together()).isEmpty();
    }

    @Test
    void whileTheOtherIsOfferedABedElsewhereHeWaits() {
        List<OfferRules.Standing> queue = List.of(standing(HE, Needs.Sex.MALE, SHE, true),
                standing(SHE, Needs.Sex.FEMALE, HE, false));
        OfferRules.Choice choice = OfferRules.choose(bed("1", null), List.of(bed("2", null)), queue);
        assertThat(verdicts(choice.candidates())).containsExactly(Candidate.Verdict.OFFER_OPEN,
                Candidate.Verdict.WAITS_FOR_COMPANION);
    }

    @Test
    void whoseCompanionIsNotInThisQueueAnyMoreGoesOnAlone() {
        OfferRules.Choice choice = OfferRules.choose(bed("1", null), List.of(),
                List.of(standing(SHE, Needs.Sex.FEMALE, HE, false)));
        assertThat(choice.chosen()).isPresent();
    }

    @Test
    void aWishOfOneOnlyTiesNobody() {
        List<OfferRules.Standing> queue = List.of(standing(HE, Needs.Sex.MALE, null, false),
                standing(SHE, Needs.Sex.FEMALE, HE, false));
        assertThat(OfferRules.choose(bed("1", Needs.Sex.FEMALE), List.of(), queue).chosen())
                .hasValueSatisfying(entry -> assertThat(entry.applicationId()).isEqualTo(SHE));
    }

    @Test
    void whoStandsBeforeThemAndFitsNeitherBedHindersNobody() {
        OfferRules.Standing unfit = single(Needs.Sex.FEMALE);
        Entry entry = unfit.entry();
        OfferRules.Standing tooAble = new OfferRules.Standing(new Entry(entry.id(), entry.applicationId(),
                entry.homeId(), entry.queueNumber(), entry.channel(), entry.appliedAt(), entry.phase(), "张*",
                new Needs(AbilityLevel.INTACT, Needs.Sex.FEMALE, Set.of()), null), false);
        List<OfferRules.Standing> queue = List.of(tooAble, standing(HE, Needs.Sex.MALE, SHE, false),
                standing(SHE, Needs.Sex.FEMALE, HE, false));
        assertThat(OfferRules.choose(bed("1", null), List.of(bed("2", null)), queue).together()).isPresent();
    }

    @Test
    @DisplayName("a companion further back than has been read is known, but not asked before his place")
    void aCompanionFarBackIsNotAskedBeforeHisPlace() {
        QueueFront front = new QueueFront(UUID.randomUUID(), List.of(standing(HE, Needs.Sex.MALE, SHE, false)),
                List.of(standing(SHE, Needs.Sex.FEMALE, HE, false)), false);
        OfferRules.Choice choice = front.choose(bed("1", null), List.of(bed("2", null)));
        assertThat(choice.chosen()).isEmpty();
        assertThat(verdicts(choice.candidates())).containsExactly(Candidate.Verdict.WAITS_FOR_COMPANION);
        assertThat(QueueFront.companionsBehind(front.places())).containsExactly(SHE);
        Bed any = bed("1", null);
        assertThat(front.goesOn(any)).isTrue();
        assertThat(front.goesOn(new Bed(any.id(), any.homeId(), any.type(), any.label(), any.sex(), true, any.state(),
                any.version()))).as("an emergency bed, behind the special channel").isFalse();
    }
}
