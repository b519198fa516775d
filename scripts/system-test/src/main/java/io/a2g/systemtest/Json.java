package io.a2g.systemtest;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is sent and answered; amounts of money keep every digit. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  /** Reads a whole text; throws {@link JacksonException} when it is not JSON. */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Makes an object of names and values in turn; values that are null are left out.
   *
   * @param namesAndValues values may be anything that Jackson writes
   */
  public static JsonNode object(@Nullable Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        members.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return of(members);
  }

  /** Makes JSON of anything that Jackson writes. */
  public static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }
}
