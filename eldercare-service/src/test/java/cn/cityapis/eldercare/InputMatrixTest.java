package cn.cityapis.eldercare;

import cn.cityapis.platform.test.AccessMatrix;
import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation with every kind of bad input, and as every kind of caller. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-bad-input"})
class InputMatrixTest {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> everyOperationRefusesTheWrongCaller() {
        return AccessMatrix.of(port, "eldercare");
    }

    @TestFactory
    Stream<DynamicContainer> everyOperationRefusesBadInput() {
        Walk walk = new Walk(port);
        var citizen = walk.citizen("matrix-citizen");
        String application = walk.waiting(citizen, Fixtures.idNumber(1944, 601));
        String material = walk.get(citizen, "/applications/" + application + "/materials").text("/0/id");
        List<String> beds = walk.freeBeds("NURSING");
        String offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", beds.getFirst()),
                null).text("/id");
        walk.post(citizen, "/applications/" + application + "/circumstance-changes",
                Map.of("categories", List.of("VETERAN"), "explanation", "补交证件"),
                walk.get(citizen, "/applications/" + application).etag());
        String change = walk.get(citizen, "/applications/" + application + "/circumstance-changes").text("/0/id");
        walk.post(walk.district("371002"), "/assessment-agencies",
                Map.of("org", "matrix-agency", "name", "某中心", "basis", "委托书"), null);
        String month = publishedMonth(walk);
        return InputMatrix.of(port, "eldercare", InputMatrixTest.class)
                .owner(InputMatrixTest::owner)
                .stranger(InputMatrixTest::stranger)
                .object("applicationId", application)
                .object("materialId", material)
                .object("offerId", offer)
                .object("homeId", Walk.HOME_1)
                .object("bedId", beds.getLast())
                .openToAll("机构、排队名单与每月公示公开", "getHome", "listPublicQueue", "listNotices", "getNotice",
                        "downloadNotice", "printNotice", "findOwnNoticeLine", "checkNotices", "listFreeBeds",
                        "listFeeChanges")
                .openToAll("办法公开", "listRuleOptions")
                .openToAll("由市级主管部门办理，不属于某一机构", "getRuleOptionProposal", "approveRuleOptions", "withdrawRuleOptions")
                .object("month", month)
                .object("bedTypeId", walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/bed-types").text("/0/id"))
                .repeated("RepeatedKeyApiTest.eachStepOfAnApplication", "createApplication", "submitApplication",
                        "reviewApplication", "recordAssessment", "uploadMaterial", "confirmMaterialByRegister",
                        "withdrawApplication")
                .repeated("RepeatedKeyApiTest.eachStepOfAnOffer", "offerBed", "acceptOffer", "checkPapers",
                        "admitApplicant")
                .repeated("RepeatedKeyApiTest.aRefusalAndTheStateOfABed", "refuseOffer", "changeBedState")
                .repeated("RepeatedKeyApiTest.theKeepingOfBeds", "addBed", "addBedType", "recordDeparture",
                        "useEmergencyBed")
                .repeated("RepeatedKeyApiTest.aClosing", "closeHome", "chooseReplacementHome", "adjustResident")
                .repeated("RepeatedKeyApiTest.anExtensionOfTheBook", "extendRuleBook")
                .repeated("ReplacedBookApiTest.eachIsJudgedByTheBookOfItsDay", "replaceRuleBook")
                .repeated("rulebook.RuleOptionApiTest.proposedByOneAndApprovedByAnother", "proposeRuleOptions",
                        "approveRuleOptions")
                .repeated("rulebook.RuleOptionApiTest.whatWasNotApprovedInTimeIsNot", "withdrawRuleOptions")
                .repeated("offer.AgencyNoticeApiTest.aLaterOneChangesNoPeriodAndTheConflictIsShown", "noteAgencyNotice")
                .repeated("RepeatedKeyLifeApiTest.eachStepOfAnAssessment", "bookAssessment", "moveAssessment",
                        "missAssessment",
                        "declineAssessment")
                .object("agencyOrg", "matrix-agency")
                .repeated("RepeatedKeyApiTest.aChangeOfFees", "announceFeeChange")
                .repeated("RepeatedKeyLifeApiTest.anotherAgencyInstead", "chooseOtherAgency", "endCommission")
                .repeated("RepeatedKeyLifeApiTest.eachStepOfAnObjection", "objectToAssessment", "withdrawObjection",
                        "recordRecheck", "commissionAgency")
                .repeated("RepeatedKeyLifeApiTest.eachStepOfAChange", "reportCircumstanceChange",
                        "decideCircumstanceChange")
                .repeated("RepeatedKeyLifeApiTest.eachEnd", "disqualifyApplicant", "reportDeath", "recordDeath",
                        "checkDeath")
                .repeated("RepeatedKeyLifeApiTest.eachStepOfAResident", "reassessResident", "noteIllness",
                        "recordPriorResident")
                .repeated("erasure.ErasureApiTest.nothingTellsOfHimAnyMoreAndTheQueueIsStillProven", "erasePerson")
                .repeated("erasure.RetentionApiTest.nothingEndsByItselfUntilAPeriodIsSetAndThenWhatIsOverDoes",
                        "setRetentionPeriod")
                .object("changeId", change)
                .tests();
    }

    /** The job publishes soon after the start. */
    private static String publishedMonth(Walk walk) {
        String month = "";
        for (int tries = 0; month.isEmpty() && tries < 100; tries++) {
            month = walk.get(walk.app, "/homes/" + Walk.HOME_1 + "/notices").text("/items/0/month");
            LockSupport.parkNanos(100_000_000);
        }
        return month;
    }

    /** An auditor and the city are strangers nowhere. */
    private static Tokens stranger(ApiOperation operation) {
        String[] roles = operation.access().roles().stream()
                .filter(role -> !role.equals("auditor") && !role.equals("city"))
                .toArray(String[]::new);
        return roles.length == 0
                ? operation.anyone("stranger", "nowhere")
                : Tokens.operator("stranger", "nowhere", roles);
    }

    private static Tokens owner(ApiOperation operation) {
        List<String> roles = operation.access().roles();
        return roles.contains("district") && !roles.contains("home-operator")
                ? Tokens.operator("matrix-district", "371002", "district")
                : operatorOf(operation, roles);
    }

    private static Tokens operatorOf(ApiOperation operation, List<String> roles) {
        return roles.contains("home-operator")
                ? Tokens.operator("matrix-operator", "demo-home-1", "home-operator")
                : roles.contains("assessor")
                        ? Tokens.operator("matrix-assessor", "demo-agency-1", "assessor")
                        : operation.anyone("matrix-citizen", "371000");
    }
}
