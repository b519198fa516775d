package io.a2g.admin.usage;

import java.util.List;

/**
 * What one request records: all of it or nothing.
 *
 * @param list whether the request was a list of items; decides how errors name its fields
 */
public record UsageBatch(List<Usage> items, boolean list) {

  String field(int index, String name) {
    return list ? "items[%d].%s".formatted(index, name) : name;
  }
}
