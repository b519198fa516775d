package io.a2g.common.web;

import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Takes YAML out of the accepted bodies: a library on the class path brings it, and it would pass
 * by the strict JSON rules. Compressed bodies are refused too.
 */
class JsonOnly implements WebMvcConfigurer {

  private static final MediaType YAML = MediaType.APPLICATION_YAML;

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder.configureMessageConvertersList(converters ->
        converters.removeIf(converter -> converter.getSupportedMediaTypes().contains(YAML)));
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new PlainBodies());
  }
}
