package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.events.EventTypes;
import cn.cityapis.platform.problem.Violations;
import io.netty.util.NetUtil;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(description = "事件订阅的内容")
record WebhookForm(
        @Schema(description = "接收地址，须为 https，端口 443 或 8443", example = "https://partner.example.com/city-events") @NotBlank(message = "请填写接收地址") @Size(max = 500, message = "不超过 500 字") @Nullable String url,
        @Schema(description = "订阅的事件类型，见本文档的 webhooks 部分；以 .* 结尾的是一类事件，也可以只订阅其中一种") @NotEmpty(message = "请选择事件类型") @Size(max = 100, message = "最多 100 种") @Nullable List<@NotBlank(message = "不能为空") @Size(max = 100, message = "不超过 100 字") String> eventTypes,
        @Schema(description = "说明", example = "生产环境") @Size(max = 200, message = "不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String description) {

    private static final List<Integer> PORTS = List.of(-1, 443, 8443);

    /** @throws cn.cityapis.platform.problem.ProblemException 400 that names all that cannot be subscribed to */
    void check(EventTypes known, WebhookSettings settings) {
        Violations violations = new Violations();
        String wrong = wrongUrl(Objects.requireNonNull(url), settings);
        if (wrong != null) {
            violations.add("/url", "invalid-url", wrong);
        }
        List<String> wanted = Objects.requireNonNull(eventTypes);
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.has(wanted.get(i))) {
                violations.add("/eventTypes/" + i, "unknown", "没有这种事件");
            }
        }
        violations.throwIfAny();
    }

    List<String> types() {
        return Objects.requireNonNull(eventTypes).stream().distinct().sorted().toList();
    }

    String text() {
        return description == null ? "" : description.strip();
    }

    /** Whether it is what is known already. */
    boolean says(Webhook webhook) {
        return webhook.url().equals(url) && webhook.eventTypes().equals(types())
                && webhook.description().equals(text());
    }

    private static @Nullable String wrongUrl(String url, WebhookSettings settings) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                return "应为完整的网址，不含用户名、密码和 # 部分";
            }
            if (settings.anyAddress()) {
                return "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) ? null : "应以 http 或 https 开头";
            }
            if (!"https".equals(uri.getScheme()) || !PORTS.contains(uri.getPort())) {
                return "须为 https，端口 443 或 8443";
            }
            return insideAddress(host, settings) ? "不能是内部地址" : null;
        } catch (URISyntaxException e) {
            return "不是网址";
        }
    }

    /** An address instead of a name is never looked up, so it is checked here. */
    private static boolean insideAddress(String host, WebhookSettings settings) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return false;
        }
        try {
            return !settings.allows(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes", e);
        }
    }
}
