package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a search answers: documents in the order of their best article. */
@Schema(description = "检索结果：命中到条，按文件归组")
record SearchAnswer(@Schema(description = "命中的文件，最相关的在前") List<DocumentHit> items,
        @Schema(description = "命中的条目数") Total articles,
        @Schema(description = "下一页的翻页标记；没有下一页时不出现") @Nullable String nextCursor,
        @Schema(description = "疑似有错字时，可能想找的内容；结果中已一并检索", example = "养老机构轮候") @Nullable String didYouMean,
        @Schema(description = "没有完全符合的内容时，去掉了哪些条件") @Nullable Relaxed relaxed,
        @Schema(description = "按机关 issuer、栏目 topic、文种 kind、效力 status、年份 year 统计的文件数；facets=true 时才有") @Nullable Map<String, List<Count>> facets) {

    @Schema(description = "为得到最接近的结果而去掉的条件")
    record Relaxed(@Schema(description = "去掉的各项") List<Dropped> dropped,
            @Schema(description = "说明，可直接展示", example = "没有完全符合的内容，以下是去掉条件 kind=办法之后最接近的结果。") String text) {
    }

    @Schema(description = "去掉的一项")
    record Dropped(
            @Schema(description = "种类：word 词、phrase 引号中的短语、number 文号，或筛选参数名", example = "kind") String what,
            @Schema(description = "内容", example = "办法") String value) {
    }

    @Schema(description = "一个取值及其文件数")
    record Count(@Schema(description = "取值", example = "威海市民政局") String value,
            @Schema(description = "文件数", example = "1") long count) {
    }

    @Schema(description = "数目；多时只给下限")
    record Total(@Schema(description = "数目", example = "12") long value,
            @Schema(description = "true：至少这么多", example = "false") boolean atLeast) {
    }

    @Schema(description = "命中的文件")
    record DocumentHit(@Schema(description = "文件标识") UUID id,
            @Schema(description = "文号", example = "威民发〔2023〕17号") @Nullable String number,
            @Schema(description = "标题") String title,
            @Schema(description = "发文机关", example = "[\"威海市民政局\"]") List<String> organs,
            @Schema(description = "栏目", example = "民生保障") @Nullable String topic,
            @Schema(description = "文种", example = "办法") String kind,
            @Schema(description = "成文日期", example = "2023-07-18") @Nullable LocalDate issued,
            @Schema(description = "施行日期", example = "2023-07-18") @Nullable LocalDate inForce,
            @Schema(description = "有效期的最后一天", example = "2024-12-31") @Nullable LocalDate validUntil,
            @Schema(description = "是否试行") boolean trial,
            @Schema(description = "内容来源：official 官方文本；digest 摘要，不是原文", example = "digest") SourceKind sourceKind,
            @Schema(description = "今天的效力", example = "expired") Status status,
            @Schema(description = "效力说明，可直接展示", example = "已失效，有效期至2024年12月31日，期满后未见延续文件（试行文件）") String statusText,
            @Schema(description = "今天", example = "2026-11-21") LocalDate statusOn,
            @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7") String permalink,
            @Schema(description = "命中的条目，最相关的在前，最多五条；与第一条相比相关程度不到一半的不列出") List<ArticleHit> articles) {
    }

    @Schema(description = "命中的条目")
    record ArticleHit(@Schema(description = "条目编号", example = "19") String key,
            @Schema(description = "原文编号", example = "第十九条") String label,
            @Schema(description = "所在章节", example = "第三章 能力评估") String heading,
            @Schema(description = "摘出的文字，命中处以 <em> 标出，其余已转义", example = "第十九条 <em>能力评估费用</em>…") String snippet,
            @Schema(description = "固定链接", example = "/api/policy/v1/documents/by-number/%E5%A8%81%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9517%E5%8F%B7/articles/19") String permalink) {
    }
}
