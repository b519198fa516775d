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
import io.a2g.common.web.limit.ServerLimits;
import io.a2g.common.web.limit.UserLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
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
  WebServerFactoryCustomizer<JettyServletWebServerFactory> serverLimits(LimitProperties limits) {
    return factory -> factory.addServerCustomizers(new ServerLimits(limits));
  }

  @Bean
  StrictJson strictJson() {
    return new StrictJson();
  }

  @Bean
  StrictRequests strictRequests(JsonMapper mapper) {
    return new StrictRequests(mapper);
  }

  @Bean
  ConfigurableWebBindingInitializer strictParameters(
      JsonMapper mapper,
      @Qualifier("mvcValidator") org.springframework.validation.Validator validator) {
    var initializer = new ConfigurableWebBindingInitializer();
    initializer.setConversionService(new StrictParameters(mapper));
    initializer.setValidator(validator);
    return initializer;
  }

  @Bean
  ValidationConfigurationCustomizer characterCount() {
    return configuration -> {
      HibernateValidatorConfiguration hibernate = (HibernateValidatorConfiguration) configuration;
      ConstraintMapping mapping = hibernate.createConstraintMapping();
      mapping
          .constraintDefinition(Size.class)
          .includeExistingValidators(true)
          .validatedBy(CharacterCount.class);
      hibernate.addMapping(mapping);
    };
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
  FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.BODY.register(new BodyLimitFilter(problems));
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> concurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(new ConcurrencyLimitFilter(limits, problems));
  }

  @Bean
  FilterRegistrationBean<UserLimitFilter> userLimitFilter(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.USER_CONCURRENCY.register(new UserLimitFilter(problems));
  }
}
