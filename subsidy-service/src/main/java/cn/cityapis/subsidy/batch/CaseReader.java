package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.pii.ResidentId;
import cn.cityapis.subsidy.evaluation.FactReader;
import cn.cityapis.subsidy.scheme.ApplicantKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a batch in one of its formats. Safe for several threads. */
abstract sealed class CaseReader permits NdjsonReader, CsvReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Map<String, ApplicantKind> KINDS = kinds();

    private final FactReader facts;

    CaseReader(FactReader facts) {
        this.facts = facts;
    }

    private static Map<String, ApplicantKind> kinds() {
        Map<String, ApplicantKind> kinds = new HashMap<>();
        for (ApplicantKind kind : ApplicantKind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        return Map.copyOf(kinds);
    }

    /** @param number of the line, from 1 */
    final CaseLine read(long number, byte[] line) {
        if (line.length > LineSplitter.LONGEST) {
            return CaseLine.Broken.of("", "line-too-long", "一行不能超过 64 KB");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            return text.isBlank() ? new CaseLine.Blank() : parse(number, text);
        } catch (CharacterCodingException e) {
            return CaseLine.Broken.of("", "not-utf-8", "应为 UTF-8 编码");
        }
    }

    abstract CaseLine parse(long number, String line);

    /** Everything that is wrong at once. */
    final CaseLine checked(@Nullable Object id, @Nullable Object kind, Map<String, ?> raw) {
        List<CaseLine.Wrong> wrong = new ArrayList<>();
        String known = id(id, wrong);
        ApplicantKind applicant = kind == null ? ApplicantKind.PERSON : KINDS.get(String.valueOf(kind));
        if (applicant == null) {
            wrong.add(new CaseLine.Wrong("/applicantKind", "unknown-choice", "没有这种申领主体"));
        }
        FactReader.Reading reading = facts.read(raw);
        reading.wrong().forEach(
                one -> wrong.add(new CaseLine.Wrong("/facts/" + one.fact(), one.code(), one.detail())));
        return known == null || applicant == null || !wrong.isEmpty()
                ? new CaseLine.Broken(known, wrong)
                : new CaseLine.Case(known, applicant, reading.facts());
    }

    private static @Nullable String id(@Nullable Object id, List<CaseLine.Wrong> wrong) {
        if (!(id instanceof String text) || !ID.matcher(text).matches()) {
            wrong.add(new CaseLine.Wrong("/id", "wrong-format", "id 应为 1 至 64 个字母、数字或 _ . : -"));
            return null;
        }
        if (text.length() == 18 && ResidentId.parse(text).isPresent()) {
            wrong.add(new CaseLine.Wrong("/id", "personal-data", "id 不能是居民身份证号，请用自己的编号"));
            return null;
        }
        return text;
    }
}
