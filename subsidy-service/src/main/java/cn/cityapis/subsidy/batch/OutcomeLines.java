package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Verdict;
import cn.cityapis.subsidy.expression.ExpressionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to a block of lines, as NDJSON. Names and ids need no escaping: they are identifiers; details are our own
 * words, escaped nevertheless.
 */
final class OutcomeLines {

    private final BatchEvaluation evaluation;
    private final CaseReader reader;

    OutcomeLines(BatchEvaluation evaluation, CaseReader reader) {
        this.evaluation = evaluation;
        this.reader = reader;
    }

    /** @param entitled those who can have something: the case and the scheme */
    record Block(byte[] json, int lines, int processed, int broken, List<Entitled> entitled) {
    }

    record Entitled(String id, String scheme, long fen) {
    }

    Block of(LineSplitter.Lines lines) {
        StringBuilder text = new StringBuilder(lines.lines().size() * 512);
        List<Entitled> entitled = new ArrayList<>();
        int processed = 0;
        int broken = 0;
        long number = lines.first();
        for (byte[] line : lines.lines()) {
            CaseLine read = one(number, line, text, entitled);
            processed += read instanceof CaseLine.Case ? 1 : 0;
            broken += read instanceof CaseLine.Broken ? 1 : 0;
            number++;
        }
        return new Block(text.toString().getBytes(StandardCharsets.UTF_8), lines.lines().size(), processed, broken,
                entitled);
    }

    private CaseLine one(long number, byte[] line, StringBuilder text, List<Entitled> entitled) {
        int before = text.length();
        CaseLine read = reader.read(number, line);
        try {
            write(number, read, text, entitled);
            return read;
        } catch (ExpressionException | ArithmeticException e) {
            text.setLength(before);
            CaseLine.Broken beyond = CaseLine.Broken.of("/facts", "beyond-range", "所给数值超出可计算的范围");
            write(number, beyond, text, entitled);
            return beyond;
        }
    }

    private void write(long number, CaseLine read, StringBuilder text, List<Entitled> entitled) {
        switch (read) {
            case CaseLine.Blank blank -> {
            }
            case CaseLine.Broken(var id, var wrong) -> {
                text.append("{\"line\":").append(number).append(id == null ? "" : ",\"id\":\"" + id + "\"")
                        .append(",\"errors\":[");
                for (CaseLine.Wrong one : wrong) {
                    separate(text, '[').append("{\"pointer\":").append(quoted(one.pointer())).append(",\"code\":")
                            .append(quoted(one.code())).append(",\"detail\":").append(quoted(one.detail())).append('}');
                }
                text.append("]}\n");
            }
            case CaseLine.Case one -> {
                text.append("{\"line\":").append(number).append(",\"id\":\"").append(one.id())
                        .append("\",\"outcomes\":[");
                List<Entitled> due = new ArrayList<>(2);
                evaluation.decide(one, (scheme, verdict) -> outcome(one.id(), scheme, verdict, text, due));
                entitled.addAll(due);
                text.append("]}\n");
            }
        }
    }

    private static void outcome(String id, CompiledScheme scheme, Verdict verdict, StringBuilder text,
            List<Entitled> due) {
        separate(text, '[').append("{\"schemeId\":\"").append(scheme.scheme().id()).append("\",\"schemeVersion\":")
                .append(scheme.scheme().version()).append(",\"outcome\":\"");
        switch (verdict.result()) {
            case YES -> {
                text.append("yes\",\"").append(verdict.isCeiling() ? "atMostFen" : "totalFen").append("\":")
                        .append(verdict.fen());
                due.add(new Entitled(id, scheme.scheme().id(), verdict.fen()));
            }
            case NO -> names(text.append("no\",\"failed\":["), verdict);
            case UNKNOWN -> names(text.append("unknown\",\"missing\":["), verdict);
        }
        text.append('}');
    }

    private static void names(StringBuilder text, Verdict verdict) {
        for (String name : verdict.names()) {
            separate(text, '[').append('"').append(name).append('"');
        }
        text.append(']');
    }

    private static StringBuilder separate(StringBuilder text, char open) {
        return text.charAt(text.length() - 1) == open ? text : text.append(',');
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
