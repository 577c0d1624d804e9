package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationView;
import cn.cityapis.eldercare.application.ApplicationViews;
import cn.cityapis.eldercare.application.Appointment;
import cn.cityapis.eldercare.application.Appointments;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The agreed date of an assessment: made, moved, missed (第十六条). */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}")
@Tag(name = "评估预约", description = "通知评估、约定与改期、未到（第十六条）")
class AppointmentController {

    private final BookAssessment booking;
    private final MissAssessment missing;
    private final Appointments appointments;
    private final ApplicationAccess access;
    private final ApplicationViews views;
    private final Idempotency idempotency;

    AppointmentController(BookAssessment booking, MissAssessment missing, Appointments appointments,
            ApplicationAccess access, ApplicationViews views, Idempotency idempotency) {
        this.booking = booking;
        this.missing = missing;
        this.appointments = appointments;
        this.access = access;
        this.views = views;
        this.idempotency = idempotency;
    }

    @Schema(description = "约定评估日期")
    record AppointmentRequest(
            @Schema(description = "约定日期", example = "2026-11-30") @NotNull(message = "请填写约定日期") @Nullable LocalDate on,
            @Schema(description = "地点", example = "环翠区演示路 2 号一楼评估室") @NotBlank(message = "请填写地点") @Size(max = 100, message = "不超过 100 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String place,
            @Schema(description = "有次序在前者尚未通知时，说明理由", example = "前一位申请人电话三次未接通") @Size(min = 1, max = 200, message = "应为 1 到 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String outOfTurnReason) {
    }

    @Schema(description = "申请人改期")
    record AppointmentChange(
            @Schema(description = "新的日期", example = "2026-12-02") @NotNull(message = "请填写新的日期") @Nullable LocalDate on) {
    }

    @Schema(description = "未按规定接受评估")
    record RefusedAssessment(
            @Schema(description = "情况", example = "电话告知不接受评估") @NotBlank(message = "请填写情况") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @PostMapping("/appointments")
    @Access(scope = "eldercare.decide", roles = {"assessor", "home-operator"})
    @Operation(operationId = "bookAssessment", summary = "通知评估并约定日期", description = "由评估机构或审核机构按通道及申请先后通知（第十六条）；越过次序在前者须说明理由；至少提前办法所定的工作日通知（appointmentNoticeWorkingDays）。再次调用即改期。")
    Mono<ResponseEntity<ApplicationView>> book(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody AppointmentRequest request) {
        return idempotency.execute(key, request,
                () -> booking
                        .call(caller, id, ifMatch,
                                new BookAssessment.Date(Objects.requireNonNull(request.on()), request.place(),
                                        request.outOfTurnReason()))
                        .flatMap(stored -> answer(stored, HttpStatus.CREATED)));
    }

    @PostMapping("/appointment-changes")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "moveAssessment", summary = "申请人改期", description = "约定日期之前可以改期，次数以 mostAppointmentChanges 为限；当日及之后请联系评估机构。")
    Mono<ResponseEntity<ApplicationView>> move(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody AppointmentChange request) {
        return idempotency.execute(key, request,
                () -> booking.move(caller, id, ifMatch, Objects.requireNonNull(request.on()))
                        .flatMap(stored -> answer(stored, HttpStatus.CREATED)));
    }

    @PostMapping("/missed-appointment")
    @Access(scope = "eldercare.decide", roles = {"assessor", "home-operator"})
    @Operation(operationId = "missAssessment", summary = "登记未按约定日期前来", description = "约定日期过去之后才能登记；取消本次轮候资格（第十六条），各机构的排队随之结束。")
    Mono<ResponseEntity<ApplicationView>> missed(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller) {
        return idempotency.execute(key, null,
                () -> missing.missed(caller, id, ifMatch).flatMap(stored -> answer(stored, HttpStatus.OK)));
    }

    @PostMapping("/assessment-refusal")
    @Access(scope = "eldercare.decide", roles = {"assessor", "home-operator"})
    @Operation(operationId = "declineAssessment", summary = "登记未按规定接受评估", description = "视为放弃本次轮候（第二十四条第一项）。")
    Mono<ResponseEntity<ApplicationView>> declined(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody RefusedAssessment request) {
        return idempotency.execute(key, request,
                () -> missing.declined(caller, id, ifMatch, Objects.requireNonNull(request.reason()))
                        .flatMap(stored -> answer(stored, HttpStatus.OK)));
    }

    @GetMapping("/appointments")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listAppointments", summary = "评估预约，最近的在前", description = "每次预约的日期、地点、由谁约定和现状。")
    Mono<List<Appointment>> list(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).flatMap(application -> appointments.of(id));
    }

    private Mono<ResponseEntity<ApplicationView>> answer(Application application, HttpStatus status) {
        return views.view(application)
                .map(view -> ResponseEntity.status(status).eTag(ETags.of(application.version())).body(view));
    }
}
