package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.home.Home;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The notice as a file: what the digest is taken of, so that {@code sha256sum} on a download proves it. */
final class NoticeCsv {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** Spreadsheets take a file without it for another encoding. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NONE = "无";

    private NoticeCsv() {
    }

    /** @param home only what cannot change later: its code */
    static String head(Home home, String month, Instant publishedAt, @Nullable String previousDigest) {
        return BYTE_ORDER_MARK
                + row(List.of("轮候公示", home.code(), month, time(publishedAt), "上期摘要",
                        previousDigest == null ? NONE : previousDigest))
                + row(List.of("次序", "排队号", "通道", "申请月份", "姓名", "查询标记"));
    }

    static String line(NoticeLine line) {
        return row(List.of(String.valueOf(line.place()), String.valueOf(line.queueNumber()), line.channel().title(),
                line.appliedMonth(), line.name(), line.mark()));
    }

    static String time(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.ofInstant(at.truncatedTo(
                ChronoUnit.SECONDS), ZONE).toOffsetDateTime());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static MessageDigest add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return digest;
    }

    private static String row(List<String> cells) {
        return cells.stream().map(NoticeCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
