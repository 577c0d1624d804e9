package cn.cityapis.platform.openapi;

import cn.cityapis.platform.problem.Problem;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;

/** What the documents of all services have in common: security, headers, the problem body. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String SCHEME = "accessToken";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, IdempotencyKey.class, IfMatch.class,
                PageRequest.class);
    }

    @Bean
    OpenAPI openApi(@Value("${api.title:}") String title, @Value("${api.description:}") String description,
            @Value("${PUBLIC_URL:http://localhost:8080}") String publicUrl) {
        return new OpenAPI().info(new Info().title(title).description(description).version("1"))
                .servers(List.of(new Server().url(publicUrl)))
                .components(new Components().addSecuritySchemes(SCHEME, new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT")
                        .description("在 /oauth2/token 取得的访问令牌（JWT，遵循 RFC8725）")));
    }

    /** The problem body, and every code the service knows as {@code x-problems}: the error pages are made of it. */
    @Bean
    OpenApiCustomizer problems(BeanFactory beans) {
        return api -> {
            ModelConverters.getInstance(true).readAll(Problem.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            api.addExtension("x-problems", ProblemCatalogue.scan(AutoConfigurationPackages.get(beans)).entries());
        };
    }

    @Bean
    OperationCustomizer commonParts() {
        return (operation, handler) -> {
            addAccess(operation, handler.getMethodAnnotation(Access.class));
            for (MethodParameter parameter : handler.getMethodParameters()) {
                addHeaders(operation, parameter.getParameterType());
            }
            operation.getResponses().addApiResponse("default", new ApiResponse().description("错误说明（problem+json）")
                    .content(new Content().addMediaType("application/problem+json",
                            new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")))));
            return operation;
        };
    }

    private static void addAccess(Operation operation, @Nullable Access access) {
        if (access == null) {
            return;
        }
        operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("scope", access.scope());
        if (access.roles().length > 0) {
            rule.put("roles", Arrays.asList(access.roles()));
        }
        if (access.citizen()) {
            rule.put("citizen", true);
        }
        operation.addExtension("x-access", rule);
    }

    private static void addHeaders(Operation operation, Class<?> parameter) {
        if (parameter == IdempotencyKey.class) {
            operation.addParametersItem(new Parameter().in("header").name("Idempotency-Key").required(true)
                    .description("唯一的值（如 UUID）；重试时保持不变，保存 30 天").schema(new StringSchema().maxLength(128))
                    .example("0f8fad5b-d9cb-469f-a165-70867728950e"));
        } else if (parameter == IfMatch.class) {
            operation.addParametersItem(new Parameter().in("header").name("If-Match").required(true)
                    .description("最近一次读取所得的 ETag").schema(new StringSchema()).example("\"1\""));
        } else if (parameter == PageRequest.class) {
            operation.addParametersItem(new Parameter().in("query").name("limit").description("每页条数")
                    .schema(limitSchema()));
            operation.addParametersItem(new Parameter().in("query").name("cursor").description("上一页返回的 nextCursor")
                    .schema(new StringSchema().maxLength(1000)));
        }
    }

    private static Schema<?> limitSchema() {
        IntegerSchema schema = new IntegerSchema();
        schema.setMinimum(java.math.BigDecimal.ONE);
        schema.setMaximum(java.math.BigDecimal.valueOf(PageRequest.MAX_LIMIT));
        schema.setDefault(PageRequest.DEFAULT_LIMIT);
        return schema;
    }
}
