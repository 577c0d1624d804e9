package cn.cityapis.pharmacy;

import cn.cityapis.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of this service beyond those that every service has. */
public enum PharmacyProblem implements ProblemCode {
    NOT_A_PARTY(HttpStatus.FORBIDDEN, "not-a-party", "所在机构没有采购或供货账户"), ORDER_STATE(HttpStatus.CONFLICT, "order-state",
            "订单当前状态不允许此操作"), DELIVERY_STATE(HttpStatus.CONFLICT, "delivery-state",
                    "送货单当前状态不允许此操作"), SETTLEMENT_STATE(HttpStatus.CONFLICT, "settlement-state", "结算单当前状态不允许此操作");

    private final HttpStatus status;
    private final String code;
    private final String title;

    PharmacyProblem(HttpStatus status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
