package io.a2g.common.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of one reference, ready to be checked.
 *
 * @param field the request field at fault when the target is missing
 * @param target what it points to
 * @param arguments for the pin function, in its order
 */
public record Pin(String field, ReferenceTarget target, List<@Nullable Object> arguments) {

  /** The id and what else the pin function takes. */
  public static List<@Nullable Object> idAnd(long id, @Nullable Object[] arguments) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length + 1);
    values.add(id);
    Collections.addAll(values, arguments);
    return Collections.unmodifiableList(values);
  }

  static List<@Nullable Object> listOf(@Nullable Object... arguments) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    Collections.addAll(values, arguments);
    return Collections.unmodifiableList(values);
  }
}
