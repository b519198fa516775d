package io.a2g.user.account;

import io.a2g.common.error.ConstraintProblem;
import io.a2g.common.purge.Purgeable;
import io.a2g.common.topology.ReferenceTarget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

  @Bean
  Purgeable deletedUsers() {
    return Purgeable.target(
        ReferenceTarget.USER, new Purgeable.Dependent("users.api_keys", "user_id", "id"));
  }

  @Bean
  ConstraintProblem usernameTaken() {
    return new ConstraintProblem(
        "users_username_live_key", "username", "A user of this name exists already.");
  }

  // Of the agents schema: agents change hands when their owner is deleted.
  @Bean
  ConstraintProblem newOwnerHasAgentOfThatName() {
    return new ConstraintProblem(
        "agents_owner_id_name_live_key",
        "transfer_to",
        "The new owner has an agent of the same name; rename one of the two first.");
  }

  @Bean
  ConstraintProblem emailTaken() {
    return new ConstraintProblem(
        "users_email_live_key", "email", "A user with this e-mail address exists already.");
  }

  @Bean
  ConstraintProblem externalIdTaken() {
    return new ConstraintProblem(
        "users_external_id_live_key", "externalId", "A user with this externalId exists already.");
  }

  @Bean
  ConstraintProblem departmentExternalIdTaken() {
    return new ConstraintProblem(
        "departments_external_id_key",
        "externalId",
        "A department with this externalId exists already.");
  }
}
