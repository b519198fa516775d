package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Target;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say, declared once for programs and for people.
 *
 * @param document what programs get with {@code --json}; null: the same as people
 * @param lines what people get
 * @param code how the command ends
 * @param warning goes to standard error in both forms; null: there is none
 */
record Reply(
    @Nullable Object document, Consumer<Output> lines, ExitCode code, @Nullable String warning) {

  /** Of a command that did what was asked for. */
  Reply(@Nullable Object document, Consumer<Output> lines) {
    this(document, lines, ExitCode.OK);
  }

  Reply(@Nullable Object document, Consumer<Output> lines, ExitCode code) {
    this(document, lines, code, null);
  }

  /** Of a comparison: ends with 0, or with 3 when there is something to look at. */
  static Reply compared(boolean equal, Object document, Consumer<Output> lines) {
    return new Reply(document, lines, equal ? ExitCode.OK : ExitCode.DIFFERENT);
  }

  /** One sentence about the schema, and for programs one value beside the schema's name. */
  static Reply sentence(Target target, String name, Object value, String sentence) {
    return sentence(target, Map.of("schema", target.schema(), name, value), sentence);
  }

  /** One sentence about the schema, and another document for programs. */
  static Reply sentence(Target target, Object document, String sentence) {
    return new Reply(document, output -> output.line(target.schema() + ": " + sentence));
  }
}
