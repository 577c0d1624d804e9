package cn.cityapis.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule textAndGazetteArePure = noClasses().that()
            .resideInAnyPackage("cn.cityapis.policy.text..", "cn.cityapis.policy.gazette..").should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "org.apache.lucene..",
                    "tools.jackson..",
                    "cn.cityapis.platform..");

    @ArchTest
    static final ArchRule readingRelationsIsPure = noClasses().that()
            .haveNameMatching(
                    ".*\\.relation\\.(Read|Merged|Title)Relations|.*\\.relation\\.(Wording|Mentions?|Sentences|RepealLists|OwnParts|OldRights|Prolonging|TitleKey|RuleTitle|Cited|FoundRelation)")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "tools.jackson..",
                    "cn.cityapis.platform..");

    @ArchTest
    static final ArchRule featuresAreAcyclic = slices().matching("cn.cityapis.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noOtherService = noClasses().that().resideInAPackage("cn.cityapis.policy..").should()
            .dependOnClassesThat().resideInAnyPackage("cn.cityapis.eldercare..", "cn.cityapis.subsidy..",
                    "cn.cityapis.pharmacy..", "cn.cityapis.identity..", "cn.cityapis.gateway..");

    @ArchTest
    static final ArchRule luceneStaysInSearch = noClasses().that().resideOutsideOfPackage("cn.cityapis.policy.search..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule sqlKnowsNoHttp = noClasses().that().haveSimpleNameNotEndingWith("Controller").and()
            .resideInAPackage("cn.cityapis.policy..").should().dependOnClassesThat()
            .resideInAPackage("org.springframework.web.bind..");
}
