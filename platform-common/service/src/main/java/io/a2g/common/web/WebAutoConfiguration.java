package io.a2g.common.web;

import io.a2g.common.error.ConstraintProblem;
import io.a2g.common.error.ProblemAdvice;
import io.a2g.common.error.ProblemErrorController;
import io.a2g.common.error.ProblemJettyErrors;
import io.a2g.common.filter.FilterOrder;
import io.a2g.common.headers.SecurityHeaders;
import io.a2g.common.json.StrictJson;
import io.a2g.common.trace.TraceContextFilter;
import io.a2g.common.web.limit.BodyLimitFilter;
import io.a2g.common.web.limit.ConcurrencyLimitFilter;
import io.a2g.common.web.limit.LimitProperties;
import io.a2g.common.web.limit.SlowBodyGuard;
import jakarta.servlet.DispatcherType;
import jakarta.validation.Validator;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP conventions of the platform's own API. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@EnableConfigurationProperties(LimitProperties.class)
public class WebAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ProblemAdvice problemAdvice(ObjectProvider<ConstraintProblem> constraints) {
    return new ProblemAdvice(constraints.orderedStream().toList());
  }

  @Bean
  ProblemErrorController problemErrorController() {
    return new ProblemErrorController();
  }

  // First, so that a service can give some of its paths another shape.
  @Bean
  @Order(0)
  JettyServerCustomizer problemJettyErrors() {
    return new ProblemJettyErrors(SecurityHeaders.ofData());
  }

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> slowBodyGuard(LimitProperties limits) {
    return factory -> factory.addServerCustomizers(new SlowBodyGuard(limits.minBodyRate()));
  }

  @Bean
  StrictJson strictJson() {
    return new StrictJson();
  }

  @Bean
  JsonOnly jsonOnly(JsonMapper mapper) {
    return new JsonOnly(mapper);
  }

  @Bean
  MergePatch mergePatch(JsonMapper mapper, Validator validator) {
    return new MergePatch(mapper, validator);
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  FilterRegistrationBean<TraceContextFilter> traceContextFilter() {
    var registration = FilterOrder.TRACE_CONTEXT.register(new TraceContextFilter());
    registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
    return registration;
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> concurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(new ConcurrencyLimitFilter(limits, "/api/", problems));
  }

  // Turns of their own: requests of users that wait for another service must not keep out the
  // question of that service which they wait for.
  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> internalConcurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(
        new ConcurrencyLimitFilter(limits, "/internal/", problems));
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.BODY.register(new BodyLimitFilter(limits.body(), problems));
  }
}
