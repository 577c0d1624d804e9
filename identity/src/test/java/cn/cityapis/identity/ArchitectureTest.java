package cn.cityapis.identity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreAcyclic = slices().matching("cn.cityapis.identity.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule rulesAreFreeOfSpring = noClasses().that().haveSimpleNameEndingWith("Rules").should()
            .dependOnClassesThat().resideInAnyPackage("org.springframework..", "jakarta..", "java.sql..");

    @ArchTest
    static final ArchRule identityStandsAlone = noClasses().that().resideInAPackage("cn.cityapis.identity..").should()
            .dependOnClassesThat().resideInAnyPackage("cn.cityapis.platform..", "cn.cityapis.policy..",
                    "cn.cityapis.eldercare..", "cn.cityapis.subsidy..", "cn.cityapis.pharmacy..");
}
