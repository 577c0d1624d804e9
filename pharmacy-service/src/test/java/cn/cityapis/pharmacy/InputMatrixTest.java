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
        return InputMatrix.of(port, "pharmacy", InputMatrixTest.class)
                .owner(operation -> party(operation, "demo-chain-1", "demo-supplier-1"))
                .stranger(operation -> party(operation, "demo-chain-2", "demo-supplier-2"))
                .object("orderId", order)
                .object("deliveryId", delivery)
                .object("settlementId", settled)
                .openToAll("药品目录、中选结果和售药机构公开", "getDrug", "listDrugAwards", "listDrugPrices", "getPharmacy")
                .repeated("RepeatedKeyApiTest.eachStepOfAnOrder", "placeOrder", "confirmOrder", "deliverOrder",
                        "acceptDelivery", "markSettlementPaid")
                .repeated("RepeatedKeyApiTest.refusalsAndReports", "refuseOrder", "rejectDelivery", "reportStock")
                .tests();
    }

    private static Tokens party(ApiOperation operation, String chain, String supplier) {
        List<String> roles = operation.access().roles();
        return roles.contains("chain")
                ? Tokens.operator("buyer-" + chain, chain, "chain")
                : roles.contains("supplier")
                        ? Tokens.operator("clerk-" + supplier, supplier, "supplier")
                        : roles.contains("district")
                                ? Tokens.operator("officer", "371002", "district")
                                : operation.anyone("reader", "371000");
    }
}
