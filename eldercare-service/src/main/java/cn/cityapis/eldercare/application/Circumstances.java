package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.BedKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 第十四条: what has changed; null is as before. Contact and wishes hold at once; a category, and another guardian or agent,
 * once the home confirmed it from its papers.
 *
 * @param without who there is no more
 */
record Circumstances(@Nullable List<Category> categories, @Nullable String phone, @Nullable String residenceAreaCode,
        @Nullable String address, @Nullable List<BedKind> bedKinds, ApplicationForm.@Nullable Guardian guardian,
        ApplicationForm.@Nullable Agent agent, @Nullable List<Party> without, String explanation) {

    /** Who stands beside the applicant (第十三条). */
    enum Party {
        GUARDIAN, AGENT
    }

    boolean saysNothing() {
        return Stream.of(categories, phone, residenceAreaCode, address, bedKinds, guardian, agent, without)
                .allMatch(Objects::isNull);
    }

    /** Whether it names somebody anew and says that there is none. */
    boolean contradictsItself() {
        return guardian != null && gone(Party.GUARDIAN) || agent != null && gone(Party.AGENT);
    }

    /** Whom it names anew or takes away. */
    Set<Party> parties() {
        Set<Party> named = EnumSet.noneOf(Party.class);
        named.addAll(without == null ? List.of() : without);
        if (guardian != null) {
            named.add(Party.GUARDIAN);
        }
        if (agent != null) {
            named.add(Party.AGENT);
        }
        return named;
    }

    /** Whether part of it holds only once the home has confirmed it. */
    boolean toConfirm(ApplicationForm form) {
        return categories != null || parties().stream().anyMatch(party -> !sameBut(party, form));
    }

    /** The form with all that needs no confirmation; a guardian or agent who is the same may be reached otherwise. */
    ApplicationForm atOnce(ApplicationForm form) {
        ApplicationForm.Person person = form.applicant();
        ApplicationForm.Person changed = person == null
                ? null
                : new ApplicationForm.Person(person.name(), person.idNumber(), or(phone, person.phone()),
                        or(residenceAreaCode, person.residenceAreaCode()), or(address, person.address()));
        return new ApplicationForm(form.filedBy(), changed,
                agent != null && sameBut(Party.AGENT, form) ? agent : form.agent(),
                guardian != null && sameBut(Party.GUARDIAN, form) ? guardian : form.guardian(), form.categories(),
                form.homeIds(), bedKinds == null ? form.bedKinds() : bedKinds);
    }

    /** The form with what the home confirmed. */
    ApplicationForm confirmed(ApplicationForm form) {
        return new ApplicationForm(form.filedBy(), form.applicant(),
                gone(Party.AGENT) ? null : agent == null ? form.agent() : agent,
                gone(Party.GUARDIAN) ? null : guardian == null ? form.guardian() : guardian,
                categories == null ? form.categories() : categories, form.homeIds(), form.bedKinds());
    }

    /** The papers of whoever is new, which those of the one before are not (第十三条). */
    Set<MaterialKind> newPapers(ApplicationForm form) {
        Set<MaterialKind> papers = EnumSet.noneOf(MaterialKind.class);
        if (guardian != null && !sameBut(Party.GUARDIAN, form)) {
            papers.addAll(MaterialKind.OF_GUARDIAN);
        }
        if (agent != null && !sameBut(Party.AGENT, form)) {
            papers.addAll(MaterialKind.OF_AGENT);
        }
        return papers;
    }

    private boolean gone(Party party) {
        return without != null && without.contains(party);
    }

    /** Whether the one it names is the one in the form but for his phone. */
    private boolean sameBut(Party party, ApplicationForm form) {
        if (gone(party)) {
            return false;
        }
        return switch (party) {
            case GUARDIAN -> guardian == null || form.guardian() != null
                    && guardian.equals(new ApplicationForm.Guardian(form.guardian().name(), form.guardian().idNumber(),
                            guardian.phone()));
            case AGENT -> agent == null || form.agent() != null && agent.equals(new ApplicationForm.Agent(
                    form.agent().kind(), form.agent().relation(), form.agent().name(), form.agent().idNumber(),
                    form.agent().organisationNumber(), agent.phone()));
        };
    }

    private static @Nullable String or(@Nullable String changed, @Nullable String before) {
        return changed == null ? before : changed;
    }
}
