package cn.cityapis.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis.stack", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreAcyclic = slices().matching("cn.cityapis.stack.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theLauncherNeedsNeitherSpringNorAService = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "cn.cityapis.platform..", "cn.cityapis.policy..");
}
