package cn.cityapis.subsidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis.subsidy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule RULES_ARE_PURE = noClasses().that().haveSimpleNameEndingWith("Rules")
            .or().haveSimpleNameEndingWith("Checks")
            .or().resideInAnyPackage("..money..", "..expression..", "..scheme..", "..evaluation..")
            .or().haveSimpleName("Publication").or().haveSimpleName("FundingQueue").or().haveSimpleName("Booking")
            .or().haveSimpleName("BudgetShares").or().haveSimpleName("BestCombination").or().haveSimpleName("Question")
            .or().haveSimpleName("Explanation")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "java.sql..");

    @ArchTest
    static final ArchRule RULES_ASK_NO_CLOCK = noClasses().that().haveSimpleNameEndingWith("Rules")
            .or().resideInAnyPackage("..evaluation..", "..expression..", "..scheme..")
            .should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock");

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE = classes().should().onlyDependOnClassesThat()
            .resideOutsideOfPackages("cn.cityapis.policy..", "cn.cityapis.eldercare..", "cn.cityapis.pharmacy..",
                    "cn.cityapis.identity..", "cn.cityapis.gateway..", "cn.cityapis.stack..");

    @ArchTest
    static final ArchRule ONLY_ONE_PLACE_KNOWS_CEL = noClasses().that().resideOutsideOfPackage("..expression..")
            .should().dependOnClassesThat().resideInAPackage("dev.cel..");

    @ArchTest
    static final ArchRule FEATURES_ARE_ACYCLIC = slices().matching("cn.cityapis.subsidy.(*)..").should()
            .beFreeOfCycles();
}
