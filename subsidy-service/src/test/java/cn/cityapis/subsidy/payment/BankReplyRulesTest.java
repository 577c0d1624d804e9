package cn.cityapis.subsidy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.money.Fen;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file out and its reply in: what does not match in anything is refused with all that is wrong. */
class BankReplyRulesTest {

    private static final UUID RUN = new UUID(1, 1);
    private static final List<PaymentItem> ITEMS = List.of(item(1, 500_000, "李明", "6222020000000000123"),
            item(2, 200_001, "=cmd|' /C calc'!A0", "6222020000000000456"));
    private static final BankFile FILE = BankFile.of(RUN, ITEMS, "人才生活津贴");

    private static PaymentItem item(int line, long fen, String payee, String account) {
        return new PaymentItem(new UUID(2, line), RUN, "scheme", line, new UUID(3, line), YearMonth.of(2026, 11),
                new Fen(fen), 1, PaymentItem.State.PENDING, payee, account, false, null, null);
    }

    private static PaymentRun run() {
        return new PaymentRun(RUN, 3, "scheme", PaymentRun.Kind.MONTHLY, PaymentRun.State.SENT, 2, 700_001,
                FILE.digestHex(), "生活津贴", "job", OffsetDateTime.MIN, null, null, null, List.of());
    }

    private static String good() {
        return "batch," + RUN + "," + FILE.digestHex() + "\r\nline,item,amount,result,reason,reference\r\n1,"
                + new UUID(2, 1) + ",5000.00,success,,REF1\r\n2," + new UUID(2, 2) + ",2000.01,failed,账号不存在,\r\n";
    }

    private static List<String> wrong(String reply) {
        return BankReplyRules.match(run(), ITEMS, Csv.read(reply)).wrong().stream().map(Violation::pointer).toList();
    }

    @Test
    void aReplyThatMatchesSaysWhatArrivedAndWhatDidNot() {
        BankReply reply = BankReplyRules.match(run(), ITEMS, Csv.read(good())).reply();
        assertThat(reply).isNotNull();
        assertThat(reply.answers()).containsExactly(new BankReply.Answer.Arrived(new UUID(2, 1), "REF1"),
                new BankReply.Answer.Failed(new UUID(2, 2), "账号不存在"));
        assertThat(reply.step(ITEMS)).isEqualTo(PaymentRunRules.Step.REPLY_IN_PART);
    }

    private static PaymentItem answered(PaymentItem it, PaymentItem.State state, String reference) {
        return new PaymentItem(it.id(), it.run(), it.scheme(), it.line(), it.application(), it.month(), it.amount(), 1,
                state, it.payee(), it.account(), it.otherAccount(), null, reference);
    }

    @Test
    void theBankMayAnswerInParts() {
        String first = good().substring(0, good().indexOf("2," + new UUID(2, 2)));
        BankReply part = BankReplyRules.match(run(), ITEMS, Csv.read(first)).reply();
        assertThat(part).isNotNull();
        assertThat(part.answers()).containsExactly(new BankReply.Answer.Arrived(new UUID(2, 1), "REF1"));
        assertThat(part.step(ITEMS)).isEqualTo(PaymentRunRules.Step.REPLY_SOME);
        List<PaymentItem> later = List.of(answered(ITEMS.getFirst(), PaymentItem.State.PAID, "REF1"), ITEMS.get(1));
        BankReply rest = BankReplyRules.match(run(), later, Csv.read(good())).reply();
        assertThat(rest).isNotNull();
        assertThat(rest.answers()).containsExactly(new BankReply.Answer.Failed(new UUID(2, 2), "账号不存在"));
        assertThat(rest.step(later)).isEqualTo(PaymentRunRules.Step.REPLY_IN_PART);
        List<PaymentItem> failed = List.of(ITEMS.getFirst(), answered(ITEMS.get(1), PaymentItem.State.FAILED, null));
        assertThat(part.step(failed)).isEqualTo(PaymentRunRules.Step.REPLY_IN_PART);
        assertThat(part.step(List.of(ITEMS.getFirst(), answered(ITEMS.get(1), PaymentItem.State.RETRIED, null))))
                .isEqualTo(PaymentRunRules.Step.REPLY_WHOLE);
    }

    @Test
    void whatWasAnsweredIsNotAnsweredOtherwise() {
        List<PaymentItem> later = List.of(answered(ITEMS.getFirst(), PaymentItem.State.PAID, "REF0"), ITEMS.get(1));
        assertThat(BankReplyRules.match(run(), later, Csv.read(good())).wrong()).extracting(Violation::code)
                .containsExactly("answered-otherwise");
        assertThat(BankReplyRules.match(run(),
                List.of(ITEMS.getFirst(), answered(ITEMS.get(1), PaymentItem.State.PAID, "REF2")), Csv.read(good()))
                .wrong()).extracting(Violation::pointer).containsExactly("/lines/4/result");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"5000.00|5000.01|/lines/3/amount", "5000.00|5000|/lines/3/amount",
            "success|done|/lines/3/result", "REF1|''|/lines/3/reference", "账号不存在|''|/lines/4/reason",
            "00000000-0000-0002-0000-000000000001|00000000-0000-0002-0000-000000000009|/lines/3/item"})
    void eachCellMustMatch(String from, String to, String pointer) {
        assertThat(wrong(good().replace(from, to))).containsExactly(pointer);
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThat(wrong("")).containsExactly("/batch");
        assertThat(wrong(good().lines().limit(2).collect(java.util.stream.Collectors.joining("\n"))))
                .containsExactly("/lines");
        String other = good().replace(RUN.toString(), new UUID(9, 9).toString())
                .replace(FILE.digestHex(), "00").replace("\r\n2,", "\r\n7,") + "1," + new UUID(2, 1)
                + ",5000.00,success,,REF1\r\n3,x\r\n";
        assertThat(wrong(other)).containsExactly("/batch/id", "/batch/digest", "/lines/4/line", "/lines/5/line",
                "/lines/6");
    }

    @Test
    void aReferenceStandsForOneTransfer() {
        assertThat(wrong(good().replace("failed,账号不存在,", "success,,REF1"))).containsExactly("/lines/4/reference");
    }

    @Test
    void theFileIsTheSameBytesAndNoFormula() {
        assertThat(BankFile.of(RUN, ITEMS, "人才生活津贴").digestHex()).isEqualTo(FILE.digestHex());
        assertThat(FILE.text().lines()).hasSize(4).first().isEqualTo("batch," + RUN + ",2,7000.01,CNY");
        assertThat(FILE.text()).contains(",李明,6222020000000000123,5000.00,人才生活津贴 2026-11\r\n")
                .contains(",'=cmd|").doesNotContain(",=");
    }

    @Test
    void readsQuotedCellsAndRefusesWhatIsNoText() {
        assertThat(Csv.read("a,\"b,\"\"c\"\n\n , \r\nd,e"))
                .containsExactly(List.of("a", "b,\"c"), List.of("d", "e"));
        assertThat(Csv.decode(new byte[]{(byte) 0xD6, (byte) 0xD0})).isEmpty();
        assertThat(Csv.decode(new byte[]{'a', 0})).isEmpty();
        assertThat(Csv.decode("\uFEFF中".getBytes(StandardCharsets.UTF_8))).contains("中");
    }
}
