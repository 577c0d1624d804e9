package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompletenessRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final ApplicationForm EMPTY = new ApplicationForm(null, null, null, null, List.of(), List.of(),
            List.of());

    private static List<Missing> missing(ApplicationForm form, Set<MaterialKind> provided) {
        return CompletenessRules.missing(form, provided, TODAY, Fixtures.OPTIONS);
    }

    @Test
    @DisplayName("第十三条: an empty draft is told of everything at once")
    void namesEverythingAtOnce() {
        assertThat(missing(EMPTY, Set.of())).extracting(Missing::pointer)
                .contains("/applicant/name", "/applicant/idNumber", "/applicant/phone", "/applicant/address",
                        "/applicant/residenceAreaCode", "/filedBy", "/homeIds", "/materials/APPLICATION_FORM",
                        "/materials/APPLICANT_ID_CARD", "/materials/APPLICANT_HOUSEHOLD_REGISTER");
    }

    @Test
    void nothingIsMissingFromACompleteApplication() {
        ApplicationForm form = Fixtures.form(UUID.randomUUID(), Fixtures.idNumber(1948, 501), Category.LOW_INCOME);
        assertThat(missing(form, CompletenessRules.required(form))).isEmpty();
    }

    @Nested
    @DisplayName("第五条: 60 or over and living in the city")
    class Article5 {

        @Test
        void sixtyOnTheDayOfApplicationIsOldEnough() {
            assertThat(codes(Fixtures.idNumber(LocalDate.of(1966, 11, 20), 11))).doesNotContain("under-age");
            assertThat(codes(Fixtures.idNumber(LocalDate.of(1966, 11, 21), 11))).contains("under-age");
        }

        @Test
        void livingElsewhereIsNamed() {
            ApplicationForm.Person person = new ApplicationForm.Person("张三", null, "13800000001", "370600", "某地");
            ApplicationForm form = new ApplicationForm(null, person, null, null, List.of(), List.of(), List.of());
            assertThat(missing(form, Set.of())).extracting(Missing::code).contains("not-resident");
        }

        private List<String> codes(String idNumber) {
            return missing(Fixtures.form(UUID.randomUUID(), idNumber), Set.of()).stream().map(Missing::code).toList();
        }
    }

    @Nested
    @DisplayName("第十二条: proof by category")
    class Article12 {

        @Test
        void proofFollowsFromCategory() {
            assertThat(required(Category.DESTITUTE)).contains(MaterialKind.TOWN_PROOF);
            assertThat(required(Category.NEAR_LOW_INCOME)).contains(MaterialKind.TOWN_PROOF);
            assertThat(required(Category.VETERAN)).contains(MaterialKind.MILITARY_CERTIFICATE)
                    .doesNotContain(MaterialKind.KINSHIP_PROOF);
            assertThat(required(Category.SERVING_SOLDIER_FAMILY)).contains(MaterialKind.MILITARY_CERTIFICATE,
                    MaterialKind.KINSHIP_PROOF);
            assertThat(required(Category.FAMILY_PLANNING_HARDSHIP)).contains(MaterialKind.FAMILY_PLANNING_PROOF);
            assertThat(required()).isEqualTo(EnumSet.of(MaterialKind.APPLICATION_FORM, MaterialKind.APPLICANT_ID_CARD,
                    MaterialKind.APPLICANT_HOUSEHOLD_REGISTER));
        }

        private Set<MaterialKind> required(Category... categories) {
            return CompletenessRules.required(Fixtures.form(UUID.randomUUID(), Fixtures.idNumber(1948, 1), categories));
        }
    }

    @Nested
    @DisplayName("第十三条: papers of the agent")
    class Article13 {

        @Test
        void aPersonShowsIdCardAndHouseholdRegisterAnOrganisationItsCertificate() {
            assertThat(CompletenessRules.required(withAgent(ApplicationForm.AgentKind.PERSON)))
                    .contains(MaterialKind.AGENT_ID_CARD, MaterialKind.AGENT_HOUSEHOLD_REGISTER);
            assertThat(CompletenessRules.required(withAgent(ApplicationForm.AgentKind.ORGANISATION)))
                    .contains(MaterialKind.AGENT_ORGANISATION_CERTIFICATE).doesNotContain(MaterialKind.AGENT_ID_CARD);
        }

        @ParameterizedTest
        @CsvSource({"SUPPORTER,PERSON,true", "SUPPORTER,ORGANISATION,false", "GUARDIAN,ORGANISATION,false",
                "RELATIVE,PERSON,true", "RELATIVE,ORGANISATION,false", "FORMER_EMPLOYER,ORGANISATION,true",
                "FORMER_EMPLOYER,PERSON,false", "OTHER_PAYER,PERSON,true", "OTHER_PAYER,ORGANISATION,true"})
        void whoMayActAsWhat(ApplicationForm.Relation relation, ApplicationForm.AgentKind kind, boolean possible) {
            ApplicationForm form = new ApplicationForm(ApplicationForm.FiledBy.AGENT, null,
                    new ApplicationForm.Agent(kind, relation, "某", null, null, null), null, List.of(), List.of(),
                    List.of());
            assertThat(missing(form, Set.of()).stream().map(Missing::code).anyMatch("agent-kind-differs"::equals))
                    .isEqualTo(!possible);
        }

        @ParameterizedTest
        @EnumSource(Category.class)
        void everyCategoryAndEveryAgentIsCovered(Category category) {
            for (ApplicationForm.AgentKind kind : ApplicationForm.AgentKind.values()) {
                ApplicationForm form = new ApplicationForm(ApplicationForm.FiledBy.AGENT, null,
                        new ApplicationForm.Agent(kind, null, null, null, null, null),
                        new ApplicationForm.Guardian(null, null, null), List.of(category), List.of(), List.of());
                Set<MaterialKind> required = CompletenessRules.required(form);
                assertThat(required).hasSize(category == Category.SERVING_SOLDIER_FAMILY
                        ? kind == ApplicationForm.AgentKind.PERSON ? 9 : 8
                        : kind == ApplicationForm.AgentKind.PERSON ? 8 : 7);
                assertThat(missing(form, Set.of())).extracting(Missing::pointer)
                        .containsAll(required.stream().map(each -> "/materials/" + each).toList())
                        .contains("/guardian/name", "/guardian/idNumber", "/guardian/phone");
            }
        }

        @Test
        void whoeverFilesAsAgentMustSayWhoHeIs() {
            ApplicationForm form = new ApplicationForm(ApplicationForm.FiledBy.AGENT, null, null, null, List.of(),
                    List.of(),
                    List.of());
            assertThat(missing(form, Set.of())).extracting(Missing::pointer).contains("/agent");
            assertThat(missing(withAgent(ApplicationForm.AgentKind.PERSON), Set.of())).extracting(Missing::pointer)
                    .contains("/agent/idNumber", "/agent/name", "/agent/relation", "/agent/phone");
        }

        private ApplicationForm withAgent(ApplicationForm.AgentKind kind) {
            return new ApplicationForm(ApplicationForm.FiledBy.AGENT, null,
                    new ApplicationForm.Agent(kind, null, null, null, null, null), null, List.of(), List.of(),
                    List.of());
        }
    }
}
