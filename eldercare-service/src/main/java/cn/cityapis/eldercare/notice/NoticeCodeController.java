package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The private codes, for the applicant alone: not even the home's operator sees them. */
@RestController
@Tag(name = "轮候公示")
class NoticeCodeController {

    private final ApplicationAccess access;
    private final PublicNotices notices;

    NoticeCodeController(ApplicationAccess access, PublicNotices notices) {
        this.access = access;
        this.notices = notices;
    }

    @GetMapping("/api/eldercare/v1/applications/{applicationId}/notice-codes")
    @Access(scope = "eldercare.read", citizen = true)
    @Operation(operationId = "listNoticeCodes", summary = "我的公示查询码", description = "凭查询码可在各期公示中找到自己的一行；提交申请后才有。")
    Mono<List<NoticeCode>> codes(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).filter(application -> ApplicationAccess.isOwner(caller, application))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(application -> notices.codes(id).collectList());
    }
}
