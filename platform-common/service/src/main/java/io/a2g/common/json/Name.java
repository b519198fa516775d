package io.a2g.common.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A name that people give and read: blanks at its ends are taken off, and what is left must be
 * visible on one line, or two different names could look the same. Null is valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonDeserialize(using = Name.Reader.class)
@Constraint(validatedBy = Name.Validator.class)
public @interface Name {

  /** What is wrong, for people. */
  String message() default "must be visible text without control or invisible characters";

  /** Of Bean Validation. */
  Class<?>[] groups() default {};

  /** Of Bean Validation. */
  Class<? extends Payload>[] payload() default {};

  /** Takes off the blanks. */
  class Reader extends StorableTextDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      return super.deserialize(parser, context).strip();
    }
  }

  /** Looks at each character. */
  class Validator implements ConstraintValidator<Name, @Nullable String> {

    // Letters and symbols without a shape: fillers of Hangul, and the empty pattern of Braille.
    private static final String SHAPELESS = "\u115F\u1160\u2800\u3164\uFFA0";

    @Override
    public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
      return name == null
          || (name.codePoints().noneMatch(Validator::misleads)
              && name.codePoints().anyMatch(Validator::shows));
    }

    // Joiners shape Persian, Indic scripts and emoji; all other format characters are unseen.
    private static boolean misleads(int c) {
      return switch (Character.getType(c)) {
        case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
        case Character.FORMAT -> c != 0x200C && c != 0x200D;
        default -> SHAPELESS.indexOf(c) >= 0;
      };
    }

    private static boolean shows(int c) {
      return switch (Character.getType(c)) {
        case Character.SPACE_SEPARATOR, Character.FORMAT, Character.NON_SPACING_MARK -> false;
        default -> true;
      };
    }
  }
}
