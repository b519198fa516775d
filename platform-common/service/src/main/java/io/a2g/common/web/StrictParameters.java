package io.a2g.common.web;

import io.a2g.common.json.StorableText;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.support.DefaultFormattingConversionService;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads parameters in the one form that JSON has for each type. Spring's own readers strip blanks,
 * take nothing for null and know other forms: hexadecimal numbers, digits of every script, "yes".
 */
final class StrictParameters extends DefaultFormattingConversionService {

  private final JsonMapper mapper;

  StrictParameters(JsonMapper mapper) {
    this.mapper = mapper;
    addConverter(String.class, String.class, StorableText::of);
    addConverter(String.class, Long.class, WholeNumber::parse);
    addConverter(String.class, Integer.class, WholeNumber::parseInt);
    addConverter(String.class, Boolean.class, StrictParameters::truth);
    addConverter(String.class, LocalDate.class, LocalDate::parse);
    addConverter(String.class, Instant.class, text -> mapper.convertValue(text, Instant.class));
    addConverterFactory(new Constants());
  }

  // After a ConversionFailedException a data binder tries again with older, lenient readers.
  @Override
  public @Nullable Object convert(
      @Nullable Object source, @Nullable TypeDescriptor sourceType, TypeDescriptor targetType) {
    try {
      return super.convert(source, sourceType, targetType);
    } catch (ConversionFailedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** Reads constants by the names that they have in JSON. */
  @SuppressWarnings("rawtypes") // so Spring takes it for every enum
  private final class Constants implements ConverterFactory<String, Enum> {

    @Override
    public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
      return text -> mapper.convertValue(text, type);
    }
  }
}
