package io.a2g.chat.conversation;

import io.a2g.common.purge.Purgeable;
import io.a2g.common.topology.Reference;
import io.a2g.common.topology.ReferenceTarget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConversationConfiguration {

  @Bean
  Purgeable deletedSessions() {
    return Purgeable.target(ReferenceTarget.SESSION);
  }

  @Bean
  Reference sessionUser() {
    return SessionReferences.USER;
  }

  @Bean
  Reference sessionAgent() {
    return SessionReferences.AGENT;
  }
}
