package cn.cityapis.eldercare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis.eldercare", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule RULES_ARE_PURE = noClasses().that()
            .haveSimpleNameEndingWith("Rules")
            .or()
            .haveSimpleName("Lifecycle")
            .or()
            .resideInAPackage("..ability..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..");

    @ArchTest
    static final ArchRule NO_SERVICE_KNOWS_ANOTHER = noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("cn.cityapis.policy..", "cn.cityapis.subsidy..", "cn.cityapis.pharmacy..",
                    "cn.cityapis.gateway..", "cn.cityapis.identity..");

    @ArchTest
    static final ArchRule FEATURES_ARE_ACYCLIC = slices().matching("cn.cityapis.eldercare.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_SUCH_NAMES = classes().should()
            .haveNameNotMatching(".*(Impl|Util|Utils|Helper|Manager|Common)");
}
