package cn.cityapis.subsidy.scheme;

import cn.cityapis.subsidy.expression.ValueType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme asks about a case.
 *
 * @param source who can prove it
 * @param question as it is put to a person
 * @param codes of a choice: code → label, in order
 */
@Schema(name = "SchemeFact", description = "方案所需的一项事实")
public record Fact(@Schema(description = "事实名称（请求中 facts 的键）", example = "birthDate") String id,
        @Schema(description = "类型：date 日期；integer 整数；money 金额（分）；boolean 是否；choice 选项") ValueType type,
        @Schema(description = "中文名称", example = "出生日期") String label,
        @Schema(description = "向申请人提出的问题", example = "您的出生日期是哪一天？") String question,
        @Schema(description = "证明来源", example = "居民身份证") String source,
        @Schema(description = "可选代码及其中文名称（仅 choice）") Map<String, String> codes,
        @Schema(description = "最小值（integer、money）") @Nullable Long min,
        @Schema(description = "最大值（integer、money）") @Nullable Long max) {

    public Fact {
        codes = codes == null ? Map.of() : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(codes));
    }

    /** Whether another scheme's fact of the same name means the same. */
    public boolean agreesWith(Fact other) {
        return type == other.type && codes.equals(other.codes);
    }

    /** The least that may be told, of a number. */
    public long least() {
        return min == null ? 0 : min;
    }

    /** The most that may be told, of a number. */
    public long most() {
        return max == null ? Integer.MAX_VALUE : max;
    }

    /** Told as widely as either allows: what one version took is not lost on who reads by another. */
    public Fact widened(Fact other) {
        return least() <= other.least() && most() >= other.most()
                ? this
                : new Fact(id, type, label, question, source, codes, Math.min(least(), other.least()),
                        Math.max(most(), other.most()));
    }

    /** The value as it is shown to people. */
    public String show(Object value) {
        return switch (type) {
            case BOOLEAN -> Boolean.TRUE.equals(value) ? "是" : "否";
            case CHOICE -> codes.getOrDefault(value.toString(), value.toString());
            case MONEY -> new cn.cityapis.subsidy.money.Fen((Long) value).yuan() + " 元";
            case DATE, INTEGER -> value.toString();
        };
    }
}
