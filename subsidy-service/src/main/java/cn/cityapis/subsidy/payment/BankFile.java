package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.money.Fen;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The file for the bank: one line with run, number of payments and total in yuan, a head, one line a payment. The same
 * run gives the same bytes at any time, so that its digest names it.
 */
record BankFile(String text) {

    private static final List<String> HEAD = List.of("line", "item", "name", "account", "amount", "purpose");

    /** @param items in the order of their lines */
    static BankFile of(UUID run, List<PaymentItem> items, String purpose) {
        Fen total = items.stream().map(PaymentItem::amount).reduce(Fen.ZERO, Fen::plus);
        StringBuilder text = new StringBuilder(Csv.line(List.of("batch", run.toString(),
                Integer.toString(items.size()), yuan(total), "CNY"))).append(Csv.line(HEAD));
        for (PaymentItem item : items) {
            text.append(Csv.line(List.of(Integer.toString(item.line()), item.id().toString(), item.payee(),
                    item.account(), yuan(item.amount()), purpose + " " + item.month())));
        }
        return new BankFile(text.toString());
    }

    /** With two places, as banks read it. */
    static String yuan(Fen amount) {
        return BigDecimal.valueOf(amount.value(), 2).toPlainString();
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] digest() {
        return Csv.sha256(bytes());
    }

    String digestHex() {
        return HexFormat.of().formatHex(digest());
    }

    @Override
    public String toString() {
        return "BankFile[" + digestHex() + "]";
    }
}
