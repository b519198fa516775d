package io.a2g.common.web;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Counts characters for {@link Size} as PostgreSQL and JSON Schema do: an emoji is one, not the two
 * units that Java keeps it in.
 */
public final class CharacterCount implements ConstraintValidator<Size, @Nullable String> {

  private int min;
  private int max;

  @Override
  public void initialize(Size size) {
    min = size.min();
    max = size.max();
  }

  @Override
  public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
    if (text == null) {
      return true;
    }
    int count = text.codePointCount(0, text.length());
    return count >= min && count <= max;
  }
}
