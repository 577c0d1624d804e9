package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.text.Openings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds sums (500万元, 五万元, 50、30万元, 5万元-10万元), shares (3%, 百分之五) and ratios (1:1) in a folded text. */
final class Figures {

    private static final String NUMBER = "(?<![\\d.])(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d(?: ?\\d){0,11}(?: ?\\. ?\\d{1,4})?|[一二三四五六七八九十百千两零〇]{1,9})";
    private static final String UNIT = " ?(万亿|[十百千]?[万亿]|[百千])?";
    private static final Openings MONEY = Openings.of("0123456789一二三四五六七八九十百千两零〇",
            NUMBER + UNIT + " ?(元)?(?!素|化|件|旦)");
    private static final int LONGEST_LIST = 20;
    private static final Pattern JOINT = Pattern.compile(" *(以上|[、\\-至到]) *");
    private static final Pattern UP_TO = Pattern.compile(" ?(?:以下|以内|之内)");
    /** The number of a list entry, which is no part of the sum behind it. */
    private static final Pattern LABEL = Pattern.compile("(?m)^\\d{1,3}\\. (?=\\d)");
    private static final Openings SHARE = Openings.of("0123456789百",
            "(?<![\\d.])(\\d{1,3}(?:\\.\\d{1,3})? ?%? ?(?:-{1,2}|至|到|(?<=%)以上(?=[\\d.]{1,7} ?%以下)) ?)?"
                    + "(\\d{1,3}(?: ?\\. ?\\d{1,3})?) ?%|百分之([一二三四五六七八九十百零]{1,5})");
    private static final Pattern RATIO = Pattern.compile("(?<![\\d:/])(\\d{1,2}(?: ?: ?\\d{1,2}){1,4})(?![\\d:])");
    private static final Pattern RATIO_WORDS = Pattern.compile("按|比例|配套");

    /**
     * What was found; exactly one of sum, share and ratio is there.
     *
     * @param range whether it is the upper end of a range
     */
    record Figure(Span span, @Nullable Long fen, @Nullable Long fromFen, @Nullable Integer basisPoints,
            List<Integer> ratio, boolean range) {
    }

    private record Part(int start, int end, BigDecimal number, String unit, boolean yuan) {
    }

    private Figures() {
    }

    static List<Figure> find(String text) {
        String folded = withoutLabels(text);
        List<Figure> found = new ArrayList<>(money(folded));
        found.addAll(shares(folded));
        found.addAll(ratios(folded));
        found.sort(Comparator.comparingInt(figure -> figure.span().start()));
        return found;
    }

    /** Sums only. */
    static List<Figure> money(String text) {
        String folded = withoutLabels(text);
        List<Figure> found = new ArrayList<>();
        // a sum has a 元 or is listed before one that has: behind the last there is none
        int last = folded.lastIndexOf('元');
        Matcher money = MONEY.matcher(folded);
        int at = 0;
        while (at <= last && MONEY.find(money, folded, at)) {
            List<Part> parts = new ArrayList<>();
            List<String> joints = new ArrayList<>();
            int end = parts(folded, money, parts, joints);
            while (!parts.isEmpty() && !parts.getLast().yuan()) {
                parts.removeLast();
            }
            found.addAll(figures(parts, joints));
            at = parts.isEmpty() ? money.start() + 1 : Math.max(end, parts.getLast().end());
        }
        return found;
    }

    /** Places stay. */
    private static String withoutLabels(String folded) {
        return LABEL.matcher(folded).replaceAll(label -> " ".repeat(label.group().length()));
    }

    private static int parts(String folded, Matcher first, List<Part> parts, List<String> joints) {
        Matcher next = MONEY.matcher(folded);
        Matcher joint = JOINT.matcher(folded);
        part(folded, first).ifPresent(parts::add);
        int end = parts.isEmpty() ? first.end() : parts.getLast().end();
        while (parts.size() < LONGEST_LIST && joint.region(end, folded.length()).lookingAt()
                && next.region(joint.end(), folded.length()).lookingAt()) {
            Optional<Part> more = part(folded, next);
            if (more.isEmpty() || joint.group(1).equals("以上") && !upTo(folded, more.get().end())) {
                break;
            }
            joints.add(joint.group(1));
            parts.add(more.get());
            end = more.get().end();
        }
        return parts.isEmpty() ? first.start() + 1 : parts.getLast().end();
    }

    /** 5000元以上1万元以下 is one range. */
    private static boolean upTo(String folded, int at) {
        return UP_TO.matcher(folded).region(at, folded.length()).lookingAt();
    }

    /** A sum in one unit or in several: 1亿5000万元. */
    private static Optional<Part> part(String folded, Matcher money) {
        return part(money).map(large -> {
            Matcher rest = MONEY.matcher(folded).region(large.end(), folded.length());
            if (large.yuan() || large.unit().isEmpty() || !rest.lookingAt()) {
                return large;
            }
            return part(rest).filter(small -> small.yuan() && yuan(BigDecimal.ONE, small.unit())
                    .compareTo(yuan(BigDecimal.ONE, large.unit())) < 0)
                    .map(small -> new Part(large.start(), small.end(),
                            yuan(large.number(), large.unit()).add(yuan(small.number(), small.unit())), "", true))
                    .orElse(large);
        });
    }

    private static Optional<Part> part(Matcher money) {
        String unit = money.group(2) == null ? "" : money.group(2);
        boolean yuan = money.group(3) != null;
        String text = money.group(1);
        boolean han = !Character.isDigit(text.charAt(0));
        if (han && unit.isEmpty() && (!yuan || text.length() == 1)) {
            return Optional.empty();
        }
        return number(text).map(value -> new Part(money.start(), money.end(), value, unit, yuan));
    }

    private static Optional<BigDecimal> number(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Optional.of(new BigDecimal(text.replaceAll("[ ,]", "")));
        }
        var parsed = cn.cityapis.policy.text.ChineseNumeral.parse(text);
        return parsed.isPresent() ? Optional.of(BigDecimal.valueOf(parsed.getAsInt())) : Optional.empty();
    }

    private static List<Figure> figures(List<Part> parts, List<String> joints) {
        List<Figure> found = new ArrayList<>();
        String unit = "";
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            unit = part.unit().isEmpty() && !part.yuan() ? unit : part.unit();
            long fen = fen(part.number(), unit);
            boolean rangeEnd = i > 0 && !joints.get(i - 1).equals("、");
            if (rangeEnd) {
                Part from = parts.get(i - 1);
                String fromUnit = from.unit().isEmpty() && !from.yuan() ? unit : from.unit();
                found.addFirst(new Figure(new Span(from.start(), part.end()), fen, fen(from.number(), fromUnit), null,
                        List.of(), true));
                i--;
            } else {
                found.addFirst(new Figure(new Span(part.start(), part.end()), fen, null, null, List.of(), false));
            }
        }
        return found;
    }

    private static long fen(BigDecimal number, String unit) {
        BigDecimal fen = yuan(number, unit).scaleByPowerOfTen(2);
        return fen.precision() - fen.scale() > 18 ? Long.MAX_VALUE : fen.longValue();
    }

    private static BigDecimal yuan(BigDecimal number, String unit) {
        BigDecimal yuan = number;
        for (char c : unit.toCharArray()) {
            yuan = yuan.scaleByPowerOfTen(switch (c) {
                case '十' -> 1;
                case '百' -> 2;
                case '千' -> 3;
                case '万' -> 4;
                default -> 8;
            });
        }
        return yuan;
    }

    private static List<Figure> shares(String folded) {
        List<Figure> found = new ArrayList<>();
        if (folded.indexOf('%') < 0 && !folded.contains("百分之")) {
            return found;
        }
        Matcher share = SHARE.matcher(folded);
        for (int at = 0; SHARE.find(share, folded, at); at = share.end()) {
            String digits = share.group(2) == null ? share.group(3) : share.group(2);
            boolean range = share.group(1) != null;
            number(digits).ifPresent(value -> found.add(new Figure(new Span(share.start(), share.end()), null, null,
                    value.scaleByPowerOfTen(2).intValue(), List.of(), range)));
        }
        return found;
    }

    private static List<Figure> ratios(String folded) {
        List<Figure> found = new ArrayList<>();
        if (folded.indexOf(':') < 0) {
            return found;
        }
        Matcher ratio = RATIO.matcher(folded);
        while (ratio.find()) {
            String around = folded.substring(Math.max(0, ratio.start() - 8), ratio.start())
                    + folded.substring(ratio.end(), Math.min(folded.length(), ratio.end() + 6));
            if (RATIO_WORDS.matcher(around).find()) {
                List<Integer> parts = Pattern.compile(":").splitAsStream(ratio.group(1)).map(String::strip)
                        .map(Integer::valueOf).toList();
                found.add(new Figure(new Span(ratio.start(), ratio.end()), null, null, null, parts, false));
            }
        }
        return found;
    }
}
