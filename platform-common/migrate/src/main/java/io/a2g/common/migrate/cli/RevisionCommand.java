package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.draft.Draft;
import io.a2g.common.migrate.draft.DraftFile;
import io.a2g.common.migrate.entities.Check;
import io.a2g.common.migrate.revision.Revision;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "revision",
    description = {
      "Writes a new migration and its undo file into --sources.",
      "With --autogenerate they are drafted from what entities and extras.sql say and the migrations lack."
    })
final class RevisionCommand extends ToolCommand {

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      required = true,
      description = "What it does, such as \"add a nickname to users\"; becomes the file's name.")
  private String message = "";

  @Option(names = "--autogenerate", description = "Draft it from the difference that check finds.")
  private boolean autogenerate;

  /** The answer as JSON. */
  record Answer(String service, List<String> files) {}

  @Override
  Reply reply() {
    var migrations = options.files();
    if (migrations.folder().isEmpty()) {
      throw MigrationFailure.refused(
          "Files are written to a checkout only: name the service's src/main/resources/db by --sources");
    }
    var revision = new Revision(migrations, Clock.systemUTC());
    List<String> files =
        (autogenerate ? draft(revision) : revision.empty(message))
            .stream().map(Path::toString).toList();
    return new Reply(new Answer(options.service().name(), files), output -> print(output, files));
  }

  private List<Path> draft(Revision revision) {
    Target target = options.target();
    Check check = Check.run(target, shadow.server(options));
    List<DraftFile> drafts = Draft.migrations(target.schema(), check.migrated(), check.declared());
    return revision.write(message, drafts);
  }

  private static void print(Output output, List<String> files) {
    if (files.isEmpty()) {
      output.line("Entities and migrations agree: nothing to write.");
      return;
    }
    files.forEach(file -> output.raw("wrote " + file));
    output.line(
        "Read them, finish them, remove the line @|bold -- REVIEW ME|@, then run check, lint and test.");
  }
}
