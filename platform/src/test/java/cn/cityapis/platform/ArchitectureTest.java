package cn.cityapis.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "cn.cityapis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_SERVICE = noClasses().that().resideInAPackage("cn.cityapis.platform..").should()
            .dependOnClassesThat()
            .resideInAnyPackage("cn.cityapis.policy..", "cn.cityapis.eldercare..", "cn.cityapis.subsidy..",
                    "cn.cityapis.pharmacy..");

    @ArchTest
    static final ArchRule PARTS_HAVE_NO_CYCLES = slices().matching("cn.cityapis.platform.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule CALENDAR_AND_PERSONAL_DATA_ARE_PLAIN_JAVA = noClasses().that()
            .haveSimpleNameStartingWith("WorkingCalendar").or().haveSimpleName("Deadline").or()
            .haveSimpleName("ResidentId")
            .or().haveSimpleName("FieldCipher")
            .should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..");
}
