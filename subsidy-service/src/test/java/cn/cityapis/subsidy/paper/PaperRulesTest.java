package cn.cityapis.subsidy.paper;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.scheme.Process;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaperRulesTest {

    private static Process process(List<Process.Paper> papers) {
        return new Process(null, List.of(), null, 0, List.of("身份证明", "学历证书"), papers, null, null, false);
    }

    private static Paper paper(String kind) {
        return new Paper(new UUID(0, 1), kind, "application/pdf", 1, "00", OffsetDateTime.MIN, null);
    }

    @Test
    void whereASchemeDoesNotSayEachMaterialIsTakenByItsPlaceAndNoneIsAskedFor() {
        Process silent = process(List.of());
        assertThat(PaperRules.takes(silent, "material-2")).isTrue();
        assertThat(PaperRules.takes(silent, "material-3")).isFalse();
        assertThat(PaperRules.missing(silent, List.of())).isEmpty();
    }

    @Test
    void whatIsRequiredAndNotHandedInIsNamed() {
        Process says = process(List.of(new Process.Paper("identity", "身份证明", true),
                new Process.Paper("degree", "学历证书", false)));
        assertThat(PaperRules.takes(says, "degree")).isTrue();
        assertThat(PaperRules.takes(says, "material-1")).isFalse();
        assertThat(PaperRules.missing(says, List.of(paper("degree"))))
                .containsExactly(new Violation("/materials/identity", "missing", "请上传身份证明"));
        assertThat(PaperRules.missing(says, List.of(paper("identity")))).isEmpty();
    }
}
