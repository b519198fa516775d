package io.a2g.common.web;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON is read strictly, written whole, and the only structured body; what Spring MVC would
 * overlook in a request is refused.
 */
class StrictRequests implements WebMvcConfigurer {

  private final JsonMapper mapper;

  StrictRequests(JsonMapper mapper) {
    this.mapper = mapper;
  }

  // In the place of Spring's own, behind the converters of bytes and text: a converter bean would
  // come before them, and what is JSON already (the OpenAPI document) would be answered in base64.
  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder
        .withJsonConverter(new WholeJsonMessageConverter(mapper))
        .configureMessageConvertersList(
            converters -> converters.removeIf(StrictRequests::isLenient));
  }

  // Libraries on the class path bring another reader of JSON, and one of YAML, without its rules.
  private static boolean isLenient(HttpMessageConverter<?> converter) {
    List<MediaType> types = converter.getSupportedMediaTypes();
    return !(converter instanceof WholeJsonMessageConverter)
        && (types.contains(MediaType.APPLICATION_JSON)
            || types.contains(MediaType.APPLICATION_YAML));
  }

  // SCIM and OAuth have rules of their own about parameters that they do not know.
  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new PlainBodies());
    interceptors.addInterceptor(new DeclaredParameters()).addPathPatterns("/api/**");
  }
}
