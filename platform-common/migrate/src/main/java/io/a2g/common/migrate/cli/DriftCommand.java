package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.shadow.Drift;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drift",
    description = "Compares the live schema with what its migrations make, in a shadow database.")
final class DriftCommand extends ToolCommand {

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  /** The answer as JSON; ours are the migrations, theirs is the database. */
  record Answer(
      String service,
      String schema,
      @Nullable String version,
      boolean drift,
      List<Difference> differences) {}

  @Override
  Reply reply() {
    Target target = options.target();
    Drift drift = Drift.find(target, shadow.server(options));
    var answer =
        new Answer(
            target.service().name(),
            target.schema(),
            drift.version(),
            !drift.differences().isEmpty(),
            drift.differences());
    return Reply.compared(!answer.drift(), answer, output -> print(output, answer));
  }

  private static void print(Output output, Answer answer) {
    String version = answer.version() == null ? "nothing applied" : answer.version();
    if (!answer.drift()) {
      output.line("%s: @|green no drift|@ (%s)".formatted(answer.schema(), version));
      return;
    }
    output.line(
        "%s: @|red %d differ|@ from the migrations up to %s"
            .formatted(answer.schema(), answer.differences().size(), version));
    answer
        .differences()
        .forEach(d -> output.raw("  " + d.describe("the migrations", "the database")));
  }
}
