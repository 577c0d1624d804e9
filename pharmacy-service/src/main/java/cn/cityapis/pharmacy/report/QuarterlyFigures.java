package cn.cityapis.pharmacy.report;

import cn.cityapis.pharmacy.money.Fen;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a quarter came to. Packs and amounts are those accepted in it, less what was taken back in it, which may have come
 * earlier: they may be below zero. Savings are against the price before.
 */
@Schema(description = "一个季度的情况。数量与金额为本季度验收的，减去本季度确认的退货（所退可以是以前季度验收的，结果可以为负）；节省为与集采前价格相比")
record QuarterlyFigures(@Schema(description = "季度", example = "2026-Q3") String quarter,
        @Schema(description = "采购的企业数", example = "18") int buyers,
        @Schema(description = "采购的药品数", example = "145") int medicines,
        @Schema(description = "数量（包装）", example = "120000") long packs,
        @Schema(description = "金额（分）", implementation = Long.class, example = "98000000") Fen amountFen,
        @Schema(description = "节省（分）", implementation = Long.class, example = "280000000") Fen savedFen,
        @Schema(description = "本季度到期的结算单；最迟付款日暂定而未按时付清的不计", example = "180") int settlementsDue,
        @Schema(description = "其中按时付款的万分比；没有到期的不出现。最迟付款日之后才登记的付款，供货企业确认之后才计为按时", example = "9200") @Nullable Integer paidInTimeBp,
        @Schema(description = "本季度付清的，验收至付清平均天数；没有的不出现。季度结束后才登记的，计入登记的季度", example = "26") @Nullable Integer meanSettlementDays,
        @Schema(description = "本季度付清的，送货至付清平均天数：含等待验收的日子；没有的不出现，早先发布的版次没有", example = "29") @Nullable Integer meanDaysFromDelivery,
        @Schema(description = "季末已送货而尚未验收或拒收的送货单；早先发布的版次没有", example = "4") @Nullable Integer undecidedDeliveries,
        @Schema(description = "按药品，金额大的在前") List<ByMedicine> byMedicine,
        @Schema(description = "按采购方") List<ByChain> byChain, @Schema(description = "按区市") List<ByArea> byArea,
        @Schema(description = "数据是否含演示数据", example = "true") boolean demo) {

    @Schema(name = "QuarterByMedicine", description = "一种药品")
    record ByMedicine(@Schema(description = "药品编号，同 getDrug") UUID drugId,
            @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
            @Schema(description = "规格", example = "50mg") String strength,
            @Schema(description = "生产企业") String maker, @Schema(description = "数量（包装）", example = "1200") long packs,
            @Schema(description = "金额（分）", implementation = Long.class, example = "882000") Fen amountFen,
            @Schema(description = "本季度验收的平均采购价（分/包装）；只有退货的，为所退的平均价", implementation = Long.class, example = "735") Fen meanPriceFen,
            @Schema(description = "集采前价格（分/包装）；没有的不出现", implementation = Long.class, example = "5580") @Nullable Fen beforePriceFen,
            @Schema(description = "节省（分）", implementation = Long.class, example = "5814000") Fen savedFen) {
    }

    @Schema(name = "QuarterByChain", description = "一家采购方")
    record ByChain(@Schema(description = "采购方编号") UUID chainId, @Schema(description = "名称") String name,
            @Schema(description = "数量（包装）", example = "6000") long packs,
            @Schema(description = "金额（分）", implementation = Long.class, example = "4900000") Fen amountFen,
            @Schema(description = "节省（分）", implementation = Long.class, example = "14000000") Fen savedFen,
            @Schema(description = "约定量至季末应完成（包装）：本季度内执行的各周期，逐项按时间进度", example = "9000") long expectedPacks,
            @Schema(description = "约定量至季末已完成（包装），计法同约定采购量；没有约定量的药品不计", example = "8100") long fulfilledPacks,
            @Schema(description = "其中计入完成比例的（包装）：每项至多计至应完成量，一种药品的超额不抵另一种；早先发布的版次没有", example = "7800") @Nullable Long countedPacks,
            @Schema(description = "计入的占应完成量的万分比，不超过 10000；没有约定量的不出现。没有 countedPacks 的版次按已完成量计，不封顶", example = "8666") @Nullable Integer fulfilmentBp,
            @Schema(description = "约定量项数；早先发布的版次没有", example = "40") @Nullable Integer agreedLines,
            @Schema(description = "其中季末落后的项数；早先发布的版次没有", example = "3") @Nullable Integer linesBehind) {
    }

    @Schema(name = "QuarterByArea", description = "一个区市")
    record ByArea(@Schema(description = "区划代码", example = "371002") String areaCode,
            @Schema(description = "名称", example = "环翠区") String name,
            @Schema(description = "数量（包装）", example = "30000") long packs,
            @Schema(description = "金额（分）", implementation = Long.class, example = "25000000") Fen amountFen,
            @Schema(description = "节省（分）", implementation = Long.class, example = "70000000") Fen savedFen) {
    }
}
