package cn.cityapis.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreAcyclic = slices().matching("cn.cityapis.gateway.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule gatewayStandsAlone = noClasses().that().resideInAPackage("cn.cityapis.gateway..").should()
            .dependOnClassesThat().resideInAnyPackage("cn.cityapis.platform..", "cn.cityapis.identity..",
                    "cn.cityapis.policy..",
                    "cn.cityapis.eldercare..", "cn.cityapis.subsidy..", "cn.cityapis.pharmacy..");
}
