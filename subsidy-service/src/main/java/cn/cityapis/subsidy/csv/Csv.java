package cn.cityapis.subsidy.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180), UTF-8; no cell that is written can be taken for a formula. */
public final class Csv {

    private static final String FORMULA = "=+-@\t\r";

    private Csv() {
    }

    /** One line with its end. */
    public static String line(List<? extends @Nullable Object> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    static String cell(@Nullable Object cell) {
        if (!(cell instanceof String text)) {
            return cell == null ? "" : cell.toString();
        }
        String harmless = text.isEmpty() || FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return harmless.matches("[^\",\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /** Empty if the bytes are not UTF-8. */
    public static Optional<String> decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The rows of a text, empty lines left out; a quote that is never closed runs to the end. */
    public static List<List<String>> read(String text) {
        Reading reading = new Reading();
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
            i += reading.take(text.charAt(i), next);
        }
        reading.endCell();
        reading.endRow();
        return reading.rows;
    }

    /** How far a text is read. */
    private static final class Reading {

        private final List<List<String>> rows = new ArrayList<>();
        private final List<String> row = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private boolean quoted;

        /** @return how many of the following characters are taken with this one */
        private int take(char c, char next) {
            if (quoted && c == '"' && next == '"') {
                cell.append(c);
                return 1;
            }
            if (c == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (quoted || c != ',' && c != '\n') {
                cell.append(c);
            } else {
                endCell();
                if (c == '\n') {
                    endRow();
                }
            }
            return 0;
        }

        private void endCell() {
            row.add(cell.toString().strip());
            cell.setLength(0);
        }

        private void endRow() {
            if (row.stream().anyMatch(each -> !each.isEmpty())) {
                rows.add(List.copyOf(row));
            }
            row.clear();
        }
    }

    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
