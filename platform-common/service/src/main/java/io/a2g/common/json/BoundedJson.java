package io.a2g.common.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A JSON object of a request as text: never taken apart, only checked and passed on to a {@code
 * jsonb} column. Absent and null are the empty object. Limit it with {@link Size}.
 *
 * @param text without blanks, and with numbers written out; of an object larger than {@link
 *     #MAX_BYTES} only the beginning
 */
@JsonDeserialize(using = BoundedJsonDeserializer.class)
public record BoundedJson(String text) {

  /** Bytes of UTF-8 that no limit exceeds. */
  public static final int MAX_BYTES = 65_536;

  /** The object without fields. */
  public static final BoundedJson EMPTY = new BoundedJson("{}");

  private boolean isLongerThan(int bytes) {
    return text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }

  /** How large the text may be. */
  @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  @Retention(RetentionPolicy.RUNTIME)
  @Constraint(validatedBy = SizeValidator.class)
  public @interface Size {

    /** Bytes of UTF-8, {@link BoundedJson#MAX_BYTES} at most. */
    int max();

    /** What is wrong, for people. */
    String message() default "may have at most {max} bytes of JSON";

    /** Of Bean Validation. */
    Class<?>[] groups() default {};

    /** Of Bean Validation. */
    Class<? extends Payload>[] payload() default {};
  }

  /** Counts the bytes. */
  public static final class SizeValidator
      implements ConstraintValidator<Size, @Nullable BoundedJson> {

    private int max;

    @Override
    public void initialize(Size size) {
      max = size.max();
    }

    @Override
    public boolean isValid(@Nullable BoundedJson json, ConstraintValidatorContext context) {
      return json == null || !json.isLongerThan(max);
    }
  }
}
