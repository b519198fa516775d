import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A JSON value, read from text or made from maps, lists, arrays, strings, numbers and booleans.
 *
 * @param value Map, List, String, BigDecimal, Boolean or null when read; anything of the above when
 *     made
 */
record Json(Object value) {

  /** Reads a whole text; throws {@link DemoFailure} when it is not JSON. */
  static Json read(String text) {
    return new Json(new JsonReader(text).read());
  }

  /** Makes an object of names and values in turn; values that are null are left out. */
  static Json object(Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        members.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return new Json(members);
  }

  /** A member of an object, or of an object in it, and so on; an absent one has the value null. */
  Json at(String... path) {
    Object found = value;
    for (String name : path) {
      found = found instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return new Json(found);
  }

  boolean isAbsent() {
    return value == null;
  }

  /** The elements of an array; none when this is not one. */
  List<Json> items() {
    return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
  }

  /** A string, number or boolean as text; empty when absent. */
  String text() {
    return value == null ? "" : value.toString();
  }

  /** A number, or a string that holds one; throws {@link DemoFailure} when it is something else. */
  BigDecimal decimal() {
    try {
      return new BigDecimal(text());
    } catch (NumberFormatException e) {
      throw new DemoFailure("expected a number and got '%s'".formatted(text()), e);
    }
  }

  long number() {
    return decimal().longValue();
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return switch (value) {
      case null -> "null";
      case Json json -> json.toString();
      case String string -> quoted(string);
      case Temporal time -> quoted(time.toString());
      case Map<?, ?> members ->
          members.entrySet().stream()
              .map(member -> quoted(member.getKey().toString()) + ":" + new Json(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream()
              .map(element -> new Json(element).toString())
              .collect(Collectors.joining(",", "[", "]"));
      case Object array when array.getClass().isArray() -> new Json(elements(array)).toString();
      default -> value.toString();
    };
  }

  private static List<Object> elements(Object array) {
    return IntStream.range(0, Array.getLength(array))
        .mapToObj(i -> Array.get(array, i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}
