package io.a2g.common.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that points into another schema, where no foreign key can help. Each service declares
 * its references as constants; everything else follows from the declaration.
 *
 * @param field the request field at fault when the target is missing, e.g. {@code owner_id}
 * @param target what it points to, for people, e.g. {@code user}
 * @param pinFunction qualified name of the function that the target's schema publishes: it locks
 *     the live target row until the transaction ends and returns whether there is one
 */
public record Reference(String field, String target, String pinFunction) {

  /**
   * A value of this reference, ready to be checked.
   *
   * @param arguments what the pin function takes, the target's id first
   */
  public Pin to(@Nullable Object... arguments) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    Collections.addAll(values, arguments);
    return new Pin(this, Collections.unmodifiableList(values));
  }

  /**
   * One value of one reference.
   *
   * @param arguments for the pin function, in its order
   */
  public record Pin(Reference reference, List<@Nullable Object> arguments) {}
}
