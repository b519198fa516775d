package io.a2g.admin.model.web;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An absolute http or https address with a host and without a user name or password in it, which
 * would be a secret in a place that shows. Null is valid.
 */
@Constraint(validatedBy = HttpUrlValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface HttpUrl {

  /** What is wrong, for people. */
  String message() default "must be an http or https address without user name and password";

  /** See {@link Constraint}. */
  Class<?>[] groups() default {};

  /** See {@link Constraint}. */
  Class<? extends Payload>[] payload() default {};
}
