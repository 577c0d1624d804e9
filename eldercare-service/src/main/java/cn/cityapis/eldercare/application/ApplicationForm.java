package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.BedKind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the citizen fills in. A draft may hold as little as he has; what is missing is named when he submits. */
@Schema(description = "申请内容；草稿可以只填一部分，提交时一次列出全部缺项")
public record ApplicationForm(
        @Schema(description = "由谁填报", example = "AGENT") @Nullable FiledBy filedBy,
        @Valid @Nullable Person applicant, @Valid @Nullable Agent agent, @Valid @Nullable Guardian guardian,
        @Schema(description = "身份类别；没有则留空", example = "[\"LOW_INCOME\"]") @Size(max = 9, message = "类别过多") List<@NotNull(message = "不能为空") Category> categories,
        @Schema(description = "意向机构编号，按意愿先后；第一家负责审核") @Size(max = 20, message = "机构过多") List<@NotNull(message = "不能为空") UUID> homeIds,
        @Schema(description = "愿意接受的床位类型；空为不限", example = "[\"NURSING\"]") @Size(max = 3, message = "类型过多") List<@NotNull(message = "不能为空") BedKind> bedKinds) {

    private static final String NAME = "[\\p{IsHan}A-Za-z·. ]{1,50}";
    private static final String PHONE = "1\\d{10}|0\\d{9,11}";

    public ApplicationForm {
        categories = listOf(categories);
        homeIds = listOf(homeIds);
        bedKinds = listOf(bedKinds);
    }

    private static <T> List<T> listOf(@Nullable List<T> values) {
        return values == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(values));
    }

    public Set<Category> categorySet() {
        return categories.isEmpty() ? EnumSet.noneOf(Category.class) : EnumSet.copyOf(categories);
    }

    public enum FiledBy {
        APPLICANT, AGENT
    }

    /** The older person. */
    @Schema(description = "申请人（老年人本人）")
    public record Person(
            @Schema(description = "姓名", example = "张桂兰") @Pattern(regexp = NAME, message = "姓名应为 1 到 50 个汉字或字母") @Nullable String name,
            @Schema(description = "公民身份号码", example = "379999194803156027") @Size(max = 20, message = "身份号码应为 18 位") @Nullable String idNumber,
            @Schema(description = "电话", example = "13800000001") @Pattern(regexp = PHONE, message = "电话号码格式不正确") @Nullable String phone,
            @Schema(description = "居住地区划代码", example = "371002") @Pattern(regexp = "\\d{6}", message = "应为 6 位区划代码") @Nullable String residenceAreaCode,
            @Schema(description = "居住地址", example = "环翠区演示路 1 号") @Size(max = 200, message = "地址不超过 200 字") @Nullable String address) {
    }

    /** Who acts for him (第十三条). */
    @Schema(description = "代理人")
    public record Agent(@Schema(description = "个人或单位", example = "PERSON") @Nullable AgentKind kind,
            @Schema(description = "与申请人的关系", example = "SUPPORTER") @Nullable Relation relation,
            @Schema(description = "姓名或单位名称", example = "张建国") @Size(max = 100, message = "名称不超过 100 字") @Nullable String name,
            @Schema(description = "身份号码（个人）", example = "379999197505061015") @Size(max = 20, message = "身份号码应为 18 位") @Nullable String idNumber,
            @Schema(description = "统一社会信用代码（单位）", example = "12371000000000000X") @Pattern(regexp = "[0-9A-Z]{18}", message = "应为 18 位统一社会信用代码") @Nullable String organisationNumber,
            @Schema(description = "电话", example = "13800000002") @Pattern(regexp = PHONE, message = "电话号码格式不正确") @Nullable String phone) {
    }

    public enum AgentKind {
        PERSON, ORGANISATION
    }

    /** Legal supporter, guardian, other relative, former employer, or whoever takes over the costs. */
    public enum Relation {
        SUPPORTER, GUARDIAN, RELATIVE, FORMER_EMPLOYER, OTHER_PAYER;

        boolean canBe(AgentKind kind) {
            return switch (this) {
                case SUPPORTER, GUARDIAN, RELATIVE -> kind == AgentKind.PERSON;
                case FORMER_EMPLOYER -> kind == AgentKind.ORGANISATION;
                case OTHER_PAYER -> true;
            };
        }
    }

    @Schema(description = "监护人（如有）")
    public record Guardian(
            @Schema(description = "姓名", example = "张建国") @Pattern(regexp = NAME, message = "姓名应为 1 到 50 个汉字或字母") @Nullable String name,
            @Schema(description = "公民身份号码") @Size(max = 20, message = "身份号码应为 18 位") @Nullable String idNumber,
            @Schema(description = "电话") @Pattern(regexp = PHONE, message = "电话号码格式不正确") @Nullable String phone) {
    }
}
