package io.a2g.common.openapi;

import io.a2g.common.json.BoundedJson;
import io.a2g.common.security.Scope;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
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
import tools.jackson.databind.JsonNode;

/** The frame of every service's OpenAPI document: access, errors and shared headers. */
@AutoConfiguration
public class OpenApiAutoConfiguration {

  @Bean
  OpenAPI openApi(Environment environment) {
    SpringDocUtils.getConfig()
        .replaceWithSchema(
            Scope.class, new StringSchema()._enum(Scope.all().stream().map(Scope::token).toList()))
        .replaceWithSchema(JsonNode.class, new ObjectSchema())
        .replaceWithSchema(BoundedJson.class, new ObjectSchema());
    return new OpenAPI()
        .info(
            new Info()
                .title("A2G " + environment.getRequiredProperty("spring.application.name"))
                .description(
                    "JSON over HTTP. Lists come in pages, errors as problem details (RFC 9457).")
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
                        .description("A platform API key")));
  }

  @Bean
  ModelResolver recordModels(ObjectMapperProvider mappers) {
    return new RecordModels(mappers.jsonMapper());
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
    return Operations::complete;
  }
}
