package io.a2g.admin.model;

import io.a2g.common.error.ConstraintProblem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

  @Bean
  ConstraintProblem modelNameTaken() {
    return new ConstraintProblem(
        "llm_models_lower_name_live_key", "name", "A model of this name exists already.");
  }

  @Bean
  ConstraintProblem sameModelNameTaken() {
    return new ConstraintProblem(
        "llm_models_name_live_key", "name", "A model of this name exists already.");
  }
}
