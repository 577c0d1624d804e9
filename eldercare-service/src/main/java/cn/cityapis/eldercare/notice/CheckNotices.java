package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.home.Home;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whether the notices of a home are what was published: the digests are computed anew from what is stored. */
@Component
class CheckNotices {

    private final PublicNotices notices;
    private final PublishNotices publish;

    CheckNotices(PublicNotices notices, PublishNotices publish) {
        this.notices = notices;
        this.publish = publish;
    }

    @Schema(description = "校验结果")
    record Report(@Schema(description = "校验的期数", example = "11") int checked,
            @Schema(description = "全部完好", example = "true") boolean intact,
            @Schema(description = "内容与摘要不符、或与上期不衔接的月份", example = "[\"2026-09\"]") List<String> broken) {
    }

    private record Seen(PublicNotice notice, String recomputed) {

        boolean follows(@Nullable PublicNotice before) {
            return recomputed.equals(notice.digest())
                    && Objects.equals(notice.previousDigest(), before == null ? null : before.digest());
        }
    }

    Mono<Report> of(Home home) {
        return notices.all(home.id()).collectList()
                .flatMap(all -> Flux.fromIterable(all)
                        .concatMap(notice -> publish
                                .digest(home, notice.month(), notice.publishedAt(), notice.previousDigest())
                                .map(digest -> new Seen(notice, digest.hex())))
                        .collectList())
                .map(CheckNotices::report);
    }

    private static Report report(List<Seen> seen) {
        List<String> broken = new ArrayList<>();
        PublicNotice before = null;
        for (Seen one : seen) {
            if (!one.follows(before)) {
                broken.add(one.notice().month());
            }
            before = one.notice();
        }
        return new Report(seen.size(), broken.isEmpty(), broken);
    }
}
