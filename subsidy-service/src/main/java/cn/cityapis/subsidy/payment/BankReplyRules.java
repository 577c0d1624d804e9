package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.payment.BankReply.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reply is the answer to a run, line for line. What does not match in anything is refused as a whole, with all
 * that is wrong: nothing is half done. Lines may be left out, and answered by a later reply; what an earlier one has
 * answered may be said again, but not otherwise.
 */
final class BankReplyRules {

    private static final int HEAD_LINES = 2;
    private static final int CELLS = 6;
    private static final int LONGEST = 100;
    private static final int MOST_NAMED = 200;

    private final PaymentRun run;
    private final Map<String, PaymentItem> open = new HashMap<>();
    private final List<Violation> wrong = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Set<String> references = new HashSet<>();

    private BankReplyRules(PaymentRun run, List<PaymentItem> items) {
        this.run = run;
        items.forEach(item -> open.put(Integer.toString(item.line()), item));
    }

    /** @param reply null if there is something wrong */
    record Matched(@Nullable BankReply reply, List<Violation> wrong) {
    }

    /** @param rows of the reply, from its first line on */
    static Matched match(PaymentRun run, List<PaymentItem> items, List<List<String>> rows) {
        BankReplyRules rules = new BankReplyRules(run, items);
        rules.head(rows);
        for (int i = HEAD_LINES; i < rows.size(); i++) {
            rules.line(i + 1, rows.get(i));
        }
        if (rules.wrong.isEmpty() && rules.answers.isEmpty()) {
            rules.add("/lines", "missing", "没有尚待回盘各笔的结果");
        }
        return rules.wrong.isEmpty()
                ? new Matched(new BankReply(rules.answers), List.of())
                : new Matched(null, rules.wrong);
    }

    private void head(List<List<String>> rows) {
        List<String> head = rows.isEmpty() ? List.of() : rows.getFirst();
        if (head.size() < 3 || !head.getFirst().equals("batch")) {
            add("/batch", "missing", "首行应为 batch,批次编号,文件摘要");
            return;
        }
        if (!head.get(1).equals(run.id().toString())) {
            add("/batch/id", "mismatch", "回盘不是本批次的：应为 " + run.id());
        }
        if (!head.get(2).equalsIgnoreCase(String.valueOf(run.digest()))) {
            add("/batch/digest", "mismatch", "文件摘要与送出的银行文件不一致");
        }
    }

    private void line(int number, List<String> cells) {
        String at = "/lines/" + number;
        if (cells.size() != CELLS || cells.stream().anyMatch(cell -> cell.length() > LONGEST)) {
            add(at, "format", "应有 " + CELLS + " 栏，每栏最多 " + LONGEST + " 字");
            return;
        }
        PaymentItem item = open.remove(cells.getFirst());
        if (item == null) {
            add(at + "/line", "unknown", "行号不在本批次中，或重复出现");
            return;
        }
        if (!cells.get(1).equals(item.id().toString())) {
            add(at + "/item", "mismatch", "笔编号与第 " + item.line() + " 行不一致");
        }
        if (!cells.get(2).equals(BankFile.yuan(item.amount()))) {
            add(at + "/amount", "mismatch", "金额应为 " + BankFile.yuan(item.amount()) + " 元");
        }
        if (item.state() == PaymentItem.State.PENDING) {
            answer(at, item, cells);
        } else {
            repeated(at, item, cells);
        }
    }

    /** That the bank answered it before is no news; that it answers otherwise is no reply, but a return or a mistake. */
    private void repeated(String at, PaymentItem item, List<String> cells) {
        String answered = item.bankReference() == null ? "failed" : "success";
        if (!cells.get(3).equals(answered)
                || item.bankReference() != null && !cells.get(5).equals(item.bankReference())) {
            add(at + "/result", "answered-otherwise", "此前的回盘已登记为另一结果；到账后又退回的请登记退汇");
        }
    }

    private void answer(String at, PaymentItem item, List<String> cells) {
        String reason = cells.get(4);
        String reference = cells.get(5);
        switch (cells.get(3)) {
            case "success" -> {
                if (reference.isEmpty() || !references.add(reference)) {
                    add(at + "/reference", reference.isEmpty() ? "missing" : "repeated", "到账须有不重复的银行流水号");
                }
                answers.add(new Answer.Arrived(item.id(), reference));
            }
            case "failed" -> {
                if (reason.isEmpty()) {
                    add(at + "/reason", "missing", "失败须有原因");
                }
                answers.add(new Answer.Failed(item.id(), reason));
            }
            default -> add(at + "/result", "unknown", "结果应为 success 或 failed");
        }
    }

    private void add(String pointer, String code, String detail) {
        if (wrong.size() < MOST_NAMED) {
            wrong.add(new Violation(pointer, code, detail));
        }
    }
}
