package io.a2g.common.orphan.job;

import io.a2g.common.topology.ServiceIdentity;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches in services that declare references. */
final class OnDeclaredReferences implements ConfigurationCondition {

  // When the service's own beans are known.
  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
    return Stream.of(beans.getBeanNamesForType(ServiceIdentity.class, true, false))
        .map(name -> beans.getBean(name, ServiceIdentity.class))
        .anyMatch(service -> !service.references().isEmpty());
  }
}
