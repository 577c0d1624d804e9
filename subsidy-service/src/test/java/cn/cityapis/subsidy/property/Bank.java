package cn.cityapis.subsidy.property;

import cn.cityapis.subsidy.csv.Csv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The bank, which keeps books of its own: what it was told to pay, and what of it arrived, once for each order. */
final class Bank {

    /** Order → what became of it. */
    final Map<String, Boolean> transfers = new ConcurrentHashMap<>();
    /** Order → account and month, which nobody may be paid for twice. */
    final Map<String, String> purposes = new ConcurrentHashMap<>();

    /** Does what a file says and writes the reply, or a part of it: one in six does not arrive. */
    String take(String file, Random random) {
        List<List<String>> rows = Csv.read(file);
        List<String> lines = new ArrayList<>(List.of(
                "batch," + rows.getFirst().get(1) + ","
                        + HexFormat.of().formatHex(Csv.sha256(file.getBytes(StandardCharsets.UTF_8))),
                "line,item,amount,result,reason,reference"));
        for (List<String> row : rows.subList(2, rows.size())) {
            String item = row.get(1);
            purposes.put(item, row.get(3) + " " + row.get(5));
            boolean arrives = transfers.computeIfAbsent(item, order -> random.nextInt(6) > 0);
            lines.add(row.get(0) + "," + item + "," + row.get(4)
                    + (arrives ? ",success,,T" + item : ",failed,账号不符,"));
        }
        boolean inParts = random.nextInt(3) == 0;
        lines.subList(2, lines.size()).removeIf(line -> inParts && random.nextBoolean());
        return String.join("\n", lines);
    }

    List<String> arrived() {
        return transfers.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    }
}
