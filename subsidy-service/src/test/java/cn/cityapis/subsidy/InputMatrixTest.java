package cn.cityapis.subsidy;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation with every kind of bad input. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-bad-input"})
class InputMatrixTest {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicContainer> everyOperationRefusesBadInput() {
        Api citizen = Api.as(port, People.citizen("matrix-citizen"));
        Api.Answer draft = citizen.post("/applications", Api.newApplication(People.idNumber("19940502", 901))).is(201);
        String path = "/applications/" + draft.text("/id");
        Api.Answer paper = citizen.upload(path + "/papers?kind=material-1",
                "%PDF-1.4".getBytes(StandardCharsets.US_ASCII), "application/pdf", draft, UUID.randomUUID().toString())
                .is(201);
        citizen.post(path + "/submissions", null, draft).is(200);
        String spare = catalogueProposal();
        return InputMatrix.of(port, "subsidy", InputMatrixTest.class)
                .owner(operation -> who(operation, "matrix-citizen", "371002"))
                .stranger(operation -> who(operation, "stranger", "371003"))
                .object("id", draft.text("/id"))
                .object("paperId", paper.text("/id"))
                .object("proposalId", spare)
                .openToAll("补贴方案公开", "getScheme")
                .object("batchId", batch())
                .object("checkId", Api.as(port, People.city()).post("/ledger/checks", null).is(202).text("/id"))
                .openToAll("方案修订由有管理权限的人共同查看和批准", "getSchemeProposal", "listSchemeImpact",
                        "approveSchemeProposal", "withdrawSchemeProposal")
                .repeated("batch.BatchJobApiTest.aListIsDecidedInTheBackgroundAndTellsWhoNewlyQualifies",
                        "createBatchJob")
                .repeated("catalogue.ProposalApiTest.aRuleIsChangedByTwoAndKnownBeforeItHolds", "approveSchemeProposal",
                        "withdrawSchemeProposal")
                .openToAll("总账由财务、审计和市级共同查看", "listLedgerEntries", "getLedgerCheck")
                .repeated("ledger.LedgerChecksApiTest.whatIsAskedForIsAddedUpOnceAndKept", "requestLedgerCheck")
                .openToAll("不是市级财政的，批次不存在：BankApiTest.onlyTheCitysFinanceOffice", "getPaymentRun",
                        "listPaymentItems", "downloadBankFile", "sendPaymentRun", "enterBankReply", "getPaymentItem",
                        "retryPayment", "releasePayment", "returnPayment", "reverseAppropriation", "readPaymentPayee",
                        "refusePaymentRetry")
                .openToAll("一项重新审核属于一份申请，见不到申请的也见不到它：ReopenedApiTest.nothingIsReopenedWhileItIsSuspended",
                        "decideReopening")
                .openToAll("市级办理全市的申请", "claimBack", "bookRepayment", "decideAppeal", "decideObjection")
                .openToAll("公示中的申请人人可见；不在公示中的不存在：LifeApiTest.aNoticeWaitsForItsObjectionsAndEachIsAnswered",
                        "objectToNotice")
                .repeated("application.BankApiTest.everyStepRepeatedIsDoneOnce", "sendPaymentRun", "enterBankReply",
                        "retryPayment", "releasePayment", "claimBack", "bookRepayment", "reverseAppropriation")
                .repeated("application.OtherAccountApiTest.aRetryThatIsRefusedLeavesNothingOfTheNewOne",
                        "refusePaymentRetry")
                .repeated("application.ReturnedApiTest.whatArrivedAndCameBackIsPaidAgainOnce", "returnPayment")
                .repeated("application.ReopenedApiTest.aMonthWithheldByMistakeIsPaidAfterAllByTwoPersons",
                        "askReopening", "decideReopening")
                .repeated("insurance.InsuranceApiTest.everyStepRepeatedIsDoneOnce", "confirmInsurerPayment",
                        "returnInsurerPayment", "correctInsurerAccount", "confirmInsurerAccount")
                .repeated("application.PapersApiTest.aPaperSentTwiceIsKeptOnce", "uploadPaper")
                .repeated("RepeatedKeyApiTest.eachStepOfAnApplication", "submitApplication", "reviewApplication",
                        "recordFactChange")
                .openToAll("集中投保与申报按主承保机构和区市分：InsuranceApiTest.filesAreToldByTheirContentLimitedAndSealed",
                        "createInsuranceFiling", "getInsuranceFiling", "fileInsuranceFiling", "checkInsurancePapers",
                        "reviewInsuranceFiling", "transferInsuranceFunds", "payInsurer", "confirmInsurerPayment",
                        "returnInsurerPayment", "readInsurerAccount", "correctInsurerAccount",
                        "confirmInsurerAccount", "uploadInsurancePaper",
                        "downloadInsurancePaper", "replaceInsuranceRows", "listInsuranceRows")
                .repeated("insurance.InsuranceApiTest.everyStepRepeatedIsDoneOnce", "openInsuranceRound",
                        "createInsuranceFiling", "fileInsuranceFiling", "checkInsurancePapers", "reviewInsuranceFiling",
                        "transferInsuranceFunds", "payInsurer", "uploadInsurancePaper", "replaceInsuranceRows")
                .repeated("erasure.ErasureApiTest.nothingTellsOfHimAnyMore", "erasePerson")
                .repeated("erasure.ErasureApiTest.whatIsOverEndsByItselfOnceAPeriodIsSet", "setRetentionPeriod")
                .repeated("application.LifeApiTest.everyStepRepeatedIsDoneOnce", "askSupplement", "withdrawApplication",
                        "suspendPayments", "resumePayments", "endPayments", "appealRejection", "decideAppeal",
                        "objectToNotice", "decideObjection")
                .tests();
    }

    private String batch() {
        return Api.JSON.readTree(Apis.client(port, People.district("371002")).post()
                .uri("/api/subsidy/v1/batch-jobs").header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", UUID.randomUUID().toString()).bodyValue("{\"id\": \"a\", \"facts\": {}}")
                .exchange().expectStatus().isAccepted().expectBody().returnResult().getResponseBody()).at("/id")
                .asString();
    }

    private String catalogueProposal() {
        String document = cn.cityapis.subsidy.catalogue.ShippedSchemes
                .text(cn.cityapis.subsidy.catalogue.ShippedSchemes.RD).replace("version: 1\n", "version: 2\n");
        String body = Api.JSON.writeValueAsString(Api.JSON.createObjectNode().put("document", document)
                .put("effectiveFrom", "2099-01-01").put("reason", "试验"));
        return Api.as(port, Tokens.operator("matrix-admin", "371000", "city").scopes("subsidy.admin").token())
                .post("/scheme-proposals", body).is(201).text("/id");
    }

    private static Tokens who(ApiOperation operation, String subject, String area) {
        return operation.access().roles().contains("district")
                ? Tokens.operator(subject, area, "district")
                : operation.anyone(subject, "371000");
    }
}
