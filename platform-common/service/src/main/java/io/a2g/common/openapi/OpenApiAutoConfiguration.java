package io.a2g.common.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.a2g.common.security.Scope;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The frame of every service's OpenAPI document: access, errors and shared headers. */
@AutoConfiguration
public class OpenApiAutoConfiguration {

  private static final String PROBLEM = "Problem";
  private static final Map<String, String> PROBLEMS =
      Map.of(
          "400", "Malformed body, parameter or cursor",
          "401", "No valid API key",
          "403", "The role does not allow this",
          "404", "Not found, or not for this caller",
          "429", "Too many requests of this user or key; see Retry-After and RateLimit",
          "503", "Overloaded, or the database is not available; see Retry-After");

  private static final Map<String, String> WRITE_PROBLEMS =
      Map.of("409", "It conflicts with what is stored", "422", "A rule is broken");

  @Bean
  OpenAPI openApi(Environment environment) {
    SpringDocUtils.getConfig()
        .replaceWithSchema(
            Scope.class, new StringSchema()._enum(Scope.all().stream().map(Scope::token).toList()));
    return new OpenAPI()
        .info(
            new Info()
                .title("A2G " + environment.getRequiredProperty("spring.application.name"))
                .version("v1"))
        .servers(List.of(new Server().url("/").description("this service")))
        .addSecurityItem(new SecurityRequirement().addList("api_key"))
        .components(
            new Components()
                .addSecuritySchemes(
                    "api_key",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("a2g_…")
                        .description("A platform API key"))
                .addSchemas(PROBLEM, problemSchema()));
  }

  // springdoc reads models with a Jackson 2 mapper of its own, which knows nothing of ours.
  @Bean
  ModelResolver snakeCaseModels(ObjectMapperProvider mappers) {
    return new ModelResolver(
            mappers
                .jsonMapper()
                .copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
        .openapi31(true);
  }

  // Where people look for it.
  @Bean
  WebMvcConfigurer swaggerUiAddresses() {
    return new WebMvcConfigurer() {
      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        for (String address : List.of("/", "/swagger-ui", "/swagger-ui/")) {
          registry.addRedirectViewController(address, "/swagger-ui/index.html");
        }
      }
    };
  }

  // Unique and stable whatever else is added: userCreate, apiKeyList.
  @Bean
  GlobalOperationCustomizer operationIds() {
    return (operation, handler) -> {
      String controller = handler.getBeanType().getSimpleName().replace("Controller", "");
      return operation.operationId(
          StringUtils.uncapitalize(controller)
              + StringUtils.capitalize(handler.getMethod().getName()));
    };
  }

  @Bean
  OpenApiCustomizer sharedBehaviour() {
    return api -> {
      api.getComponents().addSchemas(PROBLEM, problemSchema());
      api.getPaths().values().stream()
          .flatMap(item -> item.readOperationsMap().entrySet().stream())
          .forEach(entry -> describe(entry.getKey(), entry.getValue()));
    };
  }

  private static void describe(PathItem.HttpMethod method, Operation operation) {
    addProblems(operation, PROBLEMS);
    switch (method) {
      case POST -> {
        operation.addParametersItem(idempotencyKey());
        addProblems(operation, WRITE_PROBLEMS);
      }
      case PATCH, PUT, DELETE -> {
        addProblems(operation, WRITE_PROBLEMS);
        addProblems(operation, Map.of("412", "If-Match names an old version"));
      }
      default -> {}
    }
  }

  private static void addProblems(Operation operation, Map<String, String> problems) {
    problems.forEach((status, text) -> operation.getResponses().putIfAbsent(status, problem(text)));
  }

  private static ApiResponse problem(String description) {
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  private static HeaderParameter idempotencyKey() {
    HeaderParameter header = new HeaderParameter();
    header
        .name("Idempotency-Key")
        .description(
            "1 to 255 visible ASCII characters; the same key and body get the same answer for 24 hours")
        .schema(new StringSchema().maxLength(255));
    return header;
  }

  private static Schema<?> problemSchema() {
    return new ObjectSchema()
        .description("RFC 9457 problem details")
        .addProperty("type", new StringSchema().format("uri"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema().format("int32"))
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema().format("uri"))
        .addProperty("code", new StringSchema().description("Stable; switch on this"))
        .addProperty("trace_id", new StringSchema().pattern("^[0-9a-f]{32}$"))
        .addProperty(
            "errors",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("field", new StringSchema())
                        .addProperty("code", new StringSchema())
                        .addProperty("message", new StringSchema())));
  }
}
