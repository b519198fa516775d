package io.a2g.user.oauth.client;

import io.a2g.common.error.ConstraintProblem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

  @Bean
  ConstraintProblem clientIdTaken() {
    return new ConstraintProblem(
        "oauth_clients_client_id_key", "client_id", "A client of this id exists already.");
  }
}
