package cn.cityapis.subsidy;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
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
        citizen.post(path + "/submissions", null, draft).is(200);
        return InputMatrix.of(port, "subsidy", InputMatrixTest.class)
                .owner(operation -> who(operation, "matrix-citizen", "371002"))
                .stranger(operation -> who(operation, "stranger", "371003"))
                .object("id", draft.text("/id"))
                .openToAll("补贴方案公开", "getScheme")
                .openToAll("总账由财务、审计和市级共同查看", "listLedgerEntries")
                .openToAll("不是市级财政的，批次不存在：BankApiTest.onlyTheCitysFinanceOffice", "getPaymentRun",
                        "listPaymentItems", "downloadBankFile", "sendPaymentRun", "enterBankReply", "getPaymentItem",
                        "retryPayment", "releasePayment", "reverseAppropriation")
                .openToAll("市级办理全市的申请", "claimBack", "bookRepayment", "decideAppeal", "decideObjection")
                .openToAll("公示中的申请人人可见；不在公示中的不存在：LifeApiTest.aNoticeWaitsForItsObjectionsAndEachIsAnswered",
                        "objectToNotice")
                .repeated("application.BankApiTest.everyStepRepeatedIsDoneOnce", "sendPaymentRun", "enterBankReply",
                        "retryPayment", "releasePayment", "claimBack", "bookRepayment", "reverseAppropriation")
                .repeated("RepeatedKeyApiTest.eachStepOfAnApplication", "submitApplication", "reviewApplication",
                        "recordFactChange")
                .repeated("application.LifeApiTest.everyStepRepeatedIsDoneOnce", "askSupplement", "withdrawApplication",
                        "suspendPayments", "resumePayments", "endPayments", "appealRejection", "decideAppeal",
                        "objectToNotice", "decideObjection")
                .tests();
    }

    private static Tokens who(ApiOperation operation, String subject, String area) {
        return operation.access().roles().contains("district")
                ? Tokens.operator(subject, area, "district")
                : operation.anyone(subject, "371000");
    }
}
