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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OfferRulesTest {

    private int queueNumber;

    private static Bed bed(Needs.@Nullable Sex sex, boolean emergency) {
        BedType type = new BedType(UUID.randomUUID(), BedKind.NURSING,
                EnumSet.of(AbilityLevel.MODERATE, AbilityLevel.SEVERE), 200_000);
        return new Bed(UUID.randomUUID(), UUID.randomUUID(), type, "1", sex, emergency, Bed.State.FREE, 1);
    }

    private OfferRules.Standing standing(Channel channel, @Nullable AbilityLevel level, boolean offerOpen) {
        return standing(channel, new Needs(level, Needs.Sex.FEMALE, Set.of()), offerOpen);
    }

    private OfferRules.Standing standing(Channel channel, Needs needs, boolean offerOpen) {
        Entry.Phase phase = needs.level() == null ? Entry.Phase.PROVISIONAL : Entry.Phase.WAITING;
        return new OfferRules.Standing(new Entry(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), ++queueNumber,
                channel, Instant.EPOCH, phase, "张*", needs, null), offerOpen);
    }

    @Nested
    @DisplayName("第二十条: the first in the order whom the bed fits")
    class Article20 {

        @Test
        void everySkipHasItsReason() {
            List<OfferRules.Standing> queue = List.of(standing(Channel.PRIORITY, (AbilityLevel) null, false),
                    standing(Channel.PRIORITY, AbilityLevel.MODERATE, true),
                    standing(Channel.PRIORITY, AbilityLevel.INTACT, false),
                    standing(Channel.ORDINARY, new Needs(AbilityLevel.SEVERE, Needs.Sex.MALE, Set.of()), false),
                    standing(Channel.ORDINARY,
                            new Needs(AbilityLevel.SEVERE, Needs.Sex.FEMALE, Set.of(BedKind.GENERAL)), false),
                    standing(Channel.ORDINARY, AbilityLevel.SEVERE, false),
                    standing(Channel.ORDINARY, AbilityLevel.SEVERE, false));
            OfferRules.Choice choice = OfferRules.choose(bed(Needs.Sex.FEMALE, false), queue);
            assertThat(choice.candidates()).extracting(Candidate::verdict)
                    .containsExactly(Candidate.Verdict.NOT_YET_ASSESSED, Candidate.Verdict.OFFER_OPEN,
                            Candidate.Verdict.LEVEL_NOT_TAKEN, Candidate.Verdict.SEX_DOES_NOT_FIT,
                            Candidate.Verdict.BED_KIND_NOT_WANTED, Candidate.Verdict.FITS);
            assertThat(choice.chosen()).hasValueSatisfying(entry -> assertThat(entry.queueNumber()).isEqualTo(6));
        }

        /** 第十八条: whose result is looked at again has a level, but is offered nothing on it. */
        @Test
        void aDisputedResultIsNone() {
            Entry assessed = standing(Channel.PRIORITY, AbilityLevel.SEVERE, false).entry();
            Entry disputed = new Entry(assessed.id(), assessed.applicationId(), assessed.homeId(), 1,
                    Channel.PRIORITY, Instant.EPOCH, Entry.Phase.PROVISIONAL, "张*", assessed.needs(), null);
            assertThat(OfferRules.choose(bed(null, false), List.of(new OfferRules.Standing(disputed, false)))
                    .candidates()).extracting(Candidate::verdict)
                    .containsExactly(Candidate.Verdict.NOT_YET_ASSESSED);
        }

        @Test
        void nobodyIsChosenWhenNobodyFits() {
            assertThat(
                    OfferRules.choose(bed(null, false), List.of(standing(Channel.SPECIAL, AbilityLevel.INTACT, false)))
                            .chosen())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("第二十五条: emergency beds serve the special channel")
    void emergencyBedsServeTheSpecialChannelOnly() {
        OfferRules.Choice choice = OfferRules.choose(bed(null, true), List
                .of(standing(Channel.PRIORITY, AbilityLevel.SEVERE, false),
                        standing(Channel.SPECIAL, AbilityLevel.SEVERE, false)));
        assertThat(choice.candidates()).extracting(Candidate::verdict)
                .containsExactly(Candidate.Verdict.EMERGENCY_BED_SPECIAL_ONLY, Candidate.Verdict.FITS);
    }

    @Test
    @DisplayName("第二十一条: originals and examination, all that is missing at once")
    void namesAllMissingOriginals() {
        assertThat(PaperRules.missing(EnumSet.noneOf(Original.class), false)).hasSize(3);
        assertThat(PaperRules.missing(EnumSet.noneOf(Original.class), true)).hasSize(5);
        assertThat(PaperRules.missing(EnumSet.allOf(Original.class), true)).isEmpty();
    }
}
