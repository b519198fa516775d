package io.a2g.chat.file.web;

import io.a2g.common.filter.FilterOrder;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration(proxyBeanMethods = false)
class MultipartConfiguration {

  // Boundaries, part headers and the small fields beside the file.
  private static final DataSize ENVELOPE = DataSize.ofKilobytes(64);

  // Boot's element with room for the envelope: a file of exactly the limit must fit.
  @Bean
  MultipartConfigElement multipartConfigElement(MultipartProperties properties) {
    return new MultipartConfigElement(
        properties.getLocation(),
        properties.getMaxFileSize().toBytes(),
        properties.getMaxRequestSize().toBytes() + ENVELOPE.toBytes(),
        Math.toIntExact(properties.getFileSizeThreshold().toBytes()));
  }

  @Bean
  FilterRegistrationBean<MultipartRequestFilter> multipartRequestFilter(
      MultipartConfigElement limits,
      UploadIntake uploads,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.MULTIPART.register(
        new MultipartRequestFilter(limits.getMaxRequestSize(), uploads, problems));
  }
}
