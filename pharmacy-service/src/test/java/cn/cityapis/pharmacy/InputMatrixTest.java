package cn.cityapis.pharmacy;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation with every kind of bad input. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-bad-input"})
class InputMatrixTest {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicContainer> everyOperationRefusesBadInput() {
        Trade trade = Trade.of(port);
        String order = trade.confirmed();
        String delivery = trade.delivered(order);
        String settled = trade.accepted(trade.delivered(trade.confirmed()));
        String settledDelivery = trade.chain().get("/settlements/" + settled).body().path("deliveryId").asString();
        String back = trade.back(settledDelivery);
        return InputMatrix.of(port, "pharmacy", InputMatrixTest.class)
                .owner(operation -> party(operation, "demo-chain-1", "demo-supplier-1"))
                .stranger(operation -> party(operation, "demo-chain-2", "demo-supplier-2"))
                .object("storeId", trade.store())
                .object("orderId", order)
                .object("deliveryId", delivery)
                .object("settlementId", settled)
                .object("returnId", back)
                .object("applicationId", trade.filed(Api.as(port, Api.Who.MAKER)))
                .object("eventId", trade.event(port))
                .openToAll("季度报告公开", "getQuarterlyReport", "downloadQuarterlyReportXlsx", "showQuarterlyReportPage")
                .openToAll("由市医保部门办理，不分机构", "decideGreenApplication", "noteMatchingOutcome",
                        "reverseSettlementPaymentByOffice")
                .object("priceCaseId", trade.redCase())
                .openToAll("目录文件归全市医保部门，不分机构", "getCatalogueImport", "listCatalogueImportLines",
                        "applyCatalogueImport")
                .openToAll("药品目录、中选结果和售药机构公开", "getDrug", "comparePurchases", "listDrugAwards", "listDrugPrices",
                        "listFormerDrugs",
                        "getPharmacy")
                .repeated("RepeatedKeyApiTest.eachStepOfAnOrder", "placeOrder", "confirmOrder", "deliverOrder",
                        "acceptDelivery", "markSettlementPaid")
                .repeated("RepeatedKeyApiTest.refusalsAndReports", "refuseOrder", "rejectDelivery", "reportStock")
                .repeated("RepeatedKeyApiTest.filesAndHours", "importStockCsv", "importStockNdjson",
                        "declareOpeningException", "previewCatalogueImport", "applyCatalogueImport")
                .repeated("RepeatedKeyApiTest.goodsThatGoBack", "requestReturn", "confirmReturn", "refuseReturn")
                .repeated("RepeatedKeyApiTest.whatWasPaid", "confirmSettlementReceipt", "reverseSettlementPayment",
                        "reverseSettlementPaymentByOffice", "refundSettlement")
                .repeated("RepeatedKeyApiTest.waysOutOfAnOrder", "cancelOrder", "closeOrderShort", "withdrawDelivery")
                .repeated("RepeatedKeyApiTest.aPriceCase", "answerPriceCase", "closePriceCase")
                .repeated("RepeatedKeyApiTest.theGreenChannel", "fileGreenApplication", "resubmitGreenApplication",
                        "decideGreenApplication", "arrangeMatchingEvent", "stateMatchingInterest",
                        "noteMatchingOutcome")
                .repeated("RepeatedKeyApiTest.aQuarterlyReport", "publishQuarterlyReport")
                .tests();
    }

    private static Tokens party(ApiOperation operation, String chain, String supplier) {
        List<String> roles = operation.access().roles();
        if (roles.contains("maker")) {
            return Tokens.operator("maker", chain.equals("demo-chain-1") ? "demo-maker-1" : "demo-maker-2", "maker");
        }
        return roles.contains("chain")
                ? Tokens.operator("buyer-" + chain, chain, "chain")
                : roles.contains("supplier")
                        ? Tokens.operator("clerk-" + supplier, supplier, "supplier")
                        : roles.contains("district")
                                ? Tokens.operator("officer", chain.equals("demo-chain-1") ? "371000" : "999999",
                                        chain.equals("demo-chain-1") ? "city" : "district")
                                : operation.anyone("reader", "371000");
    }
}
