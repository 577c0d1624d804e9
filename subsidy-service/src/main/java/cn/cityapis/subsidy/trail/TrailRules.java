package cn.cityapis.subsidy.trail;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the applicant is told of who did what: every step and the office, not the officer, and never who objected. */
final class TrailRules {

    private static final Map<String, String> TEXTS = Map.ofEntries(Map.entry("create", "新建草稿"),
            Map.entry("replace-draft", "修改申请内容"), Map.entry("submit", "提交申请"), Map.entry("review", "审核"),
            Map.entry("upload-paper", "上传材料"), Map.entry("delete-paper", "删除材料"),
            Map.entry("supersede-paper", "替换材料"),
            Map.entry("supplement-asked", "要求补正"), Map.entry("withdrawn", "撤回申请"), Map.entry("appealed", "提出申诉"),
            Map.entry("appeal-decided", "审查申诉"), Map.entry("objected", "公示期间收到异议"),
            Map.entry("objection-dismissed", "异议不成立"), Map.entry("objection-upheld", "异议成立"),
            Map.entry("notice-extended", "延长公示"), Map.entry("notice.recount", "公示截止日重新确定"),
            Map.entry("deadline.recount", "期限重新确定"), Map.entry("fact-change", "登记事实变化"),
            Map.entry("correct-account", "更正收款账户"), Map.entry("suspended", "暂停发放"), Map.entry("resumed", "恢复发放"),
            Map.entry("ended-early", "提前终止"), Map.entry("claim-back", "决定追回"), Map.entry("book-repayment", "登记归还"),
            Map.entry("retry-payment", "重发退回的款项"), Map.entry("release-payment", "放弃退回的款项"),
            Map.entry("read-personal-data", "查看申请人的完整信息"), Map.entry("read-objections", "查看异议内容"),
            Map.entry("read-payee", "查看收款人和账户"), Map.entry("refuse-payment-retry", "退回未送交的重发"),
            Map.entry("read-audit-trail", "查看办理记录"), Map.entry("download-bank-file", "下载含收款账户的银行文件"));

    private TrailRules() {
    }

    static String text(String action) {
        return TEXTS.getOrDefault(action, "办理");
    }

    /** @param orgName the office's name; null for somebody of the public */
    static String by(String client, String subject, String owner, @Nullable String orgName) {
        if (client.equals("system")) {
            return "系统";
        }
        if (subject.equals(owner)) {
            return "本人";
        }
        return orgName == null ? "公众" : orgName;
    }

    /** As the applicant sees it. */
    static AuditStep forApplicant(AuditStep step) {
        return new AuditStep(step.id(), step.at(), step.action(), step.actionText(), step.by(), step.org(),
                step.org() == null ? null : step.roles(), null, null, null);
    }
}
