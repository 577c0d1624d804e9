package cn.cityapis.eldercare.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-task-lists", "eldercare.jobs.place-after=P3650D"})
@DisplayName("what is to be done is listed in its order, page by page to the end")
class TaskListsApiTest extends DatedScene {

    TaskListsApiTest() {
        super("listed-citizen", "2026-11-25T02:00:00Z");
    }

    private String draft(int sequence) {
        return walk.complete(citizen, Fixtures.idNumber(1930, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
    }

    /** One at a time. */
    private List<String> all(WebTestClient by, String path, String member) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Walk.Answer page = walk.get(by, path + cursor);
            found.addAll(page.texts("/items", member));
            cursor = page.body().hasNonNull("nextCursor") ? "&cursor=" + page.text("/nextCursor") : "";
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    @DisplayName("第十三条: reviews in the order of handing in, not of the drafts")
    void reviewsAreInTheOrderOfHandingIn() {
        String draftedFirst = draft(501);
        String handedInFirst = draft(502);
        walk.submit(citizen, handedInFirst);
        clock.moveTo(Instant.parse("2026-11-25T03:00:00Z"));
        walk.submit(citizen, draftedFirst);
        List<String> listed = all(walk.operator, "/reviews?state=SUBMITTED&limit=1", "id");
        assertThat(listed).doesNotHaveDuplicates().contains(handedInFirst, draftedFirst);
        assertThat(listed.indexOf(handedInFirst)).isLessThan(listed.indexOf(draftedFirst));
    }

    @Test
    @DisplayName("第十八条: re-checks in the order of the objections")
    void recheckTasksAreInTheOrderOfTheObjections() {
        List<String> disputed = new ArrayList<>();
        for (int sequence = 511; sequence < 514; sequence++) {
            String id = draft(sequence);
            walk.submit(citizen, id);
            walk.qualify(id);
            walk.assess(id, 52);
            disputed.addFirst(id);
        }
        for (int i = 0; i < disputed.size(); i++) {
            clock.moveTo(Instant.parse("2026-11-25T04:0" + i + ":00Z"));
            assertThat(post(citizen, disputed.get(i), "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"))
                    .status()).isEqualTo(201);
        }
        assertThat(all(walk.otherAssessor, "/recheck-tasks?limit=1", "applicationId"))
                .containsExactlyElementsOf(disputed);
    }
}
