package cn.cityapis.pharmacy;

import cn.cityapis.platform.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of this service beyond those that every service has. */
public enum PharmacyProblem implements ProblemCode {
    NOT_A_PARTY(HttpStatus.FORBIDDEN, "not-a-party", "所在机构没有采购或供货账户"),
    ORDER_STATE(HttpStatus.CONFLICT, "order-state", "订单当前状态不允许此操作"),
    DELIVERY_STATE(HttpStatus.CONFLICT, "delivery-state", "送货单当前状态不允许此操作"),
    SETTLEMENT_STATE(HttpStatus.CONFLICT, "settlement-state", "结算单当前状态不允许此操作"),
    PRICE_CASE_STATE(HttpStatus.CONFLICT, "price-case-state", "价格复核当前状态不允许此操作"),
    GREEN_STATE(HttpStatus.CONFLICT, "green-state", "绿色通道申请当前状态不允许此操作"),
    RETURN_STATE(HttpStatus.CONFLICT, "return-state", "退货单当前状态不允许此操作"),
    IMPORT_STATE(HttpStatus.CONFLICT, "import-state", "目录文件当前状态不允许此操作"),
    CATALOGUE_MOVED_ON(HttpStatus.CONFLICT, "catalogue-moved-on", "目录已有变动，请重新预览");

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
