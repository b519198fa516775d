package io.a2g.common.web;

import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON is written whole, and is the only structured body: YAML, which a library on the class path
 * brings, would pass by the strict JSON rules. Compressed bodies are refused too.
 */
class JsonOnly implements WebMvcConfigurer {

  private static final MediaType YAML = MediaType.APPLICATION_YAML;

  private final JsonMapper mapper;

  JsonOnly(JsonMapper mapper) {
    this.mapper = mapper;
  }

  // In the place of Spring's own, behind the converters of bytes and text: a converter bean would
  // come before them, and what is JSON already (the OpenAPI document) would be answered in base64.
  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder
        .withJsonConverter(new WholeJsonMessageConverter(mapper))
        .configureMessageConvertersList(converters ->
            converters.removeIf(converter -> converter.getSupportedMediaTypes().contains(YAML)));
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new PlainBodies());
  }
}
