package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningsRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0123456789一;(?<![\\d.])(\\d{1,3}|一{1,2}) ?%",
            "0123456789;(?<!甲)\\d\\d?(?=乙|$)", "甲乙;甲乙|乙甲(?!一)", "一;一+"})
    void findsWhatThePatternFindsByItself(String characters, String regex) {
        Openings openings = Openings.of(characters, regex);
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("甲乙一12.% ".charAt(random.nextInt(8)));
            }
            List<String> expected = all(Pattern.compile(regex).matcher(text));
            assertThat(all(openings, text.toString())).as(text.toString()).isEqualTo(expected);
            assertThat(openings.in(text.toString())).isEqualTo(!expected.isEmpty());
            found += expected.size();
        }
        assertThat(found).isGreaterThan(100);
    }

    private static List<String> all(Matcher matcher) {
        List<String> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(matcher.start() + ":" + matcher.group());
        }
        return all;
    }

    private static List<String> all(Openings openings, String text) {
        List<String> all = new ArrayList<>();
        Matcher matcher = openings.matcher(text);
        for (int at = 0; openings.find(matcher, text, at); at = matcher.end()) {
            all.add(matcher.start() + ":" + matcher.group());
        }
        return all;
    }
}
