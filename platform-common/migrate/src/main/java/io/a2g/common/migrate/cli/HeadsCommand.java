package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.revision.Heads;
import io.a2g.common.migrate.revision.VersionedFile;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "heads",
    description = {
      "Shows the newest file, and the files that do not stand in line: equal versions, and those merged",
      "late, below the version of the schema. Ends with 3 when there are such files."
    })
final class HeadsCommand extends ToolCommand {

  /** The answer as JSON: names of files. */
  record Answer(String service, List<String> heads, List<String> equal, List<String> late) {}

  @Override
  Reply reply() {
    Heads heads = Heads.find(options.target());
    var answer =
        new Answer(
            options.service().name(),
            names(heads.newest()),
            names(heads.equal()),
            names(heads.late()));
    return Reply.compared(
        answer.equal().isEmpty() && answer.late().isEmpty(),
        answer,
        output -> print(output, answer));
  }

  private static void print(Output output, Answer answer) {
    answer.heads().forEach(name -> output.line("@|bold %s|@ (head)".formatted(name)));
    answer
        .equal()
        .forEach(name -> output.line("@|red %s|@ shares its version: renumber".formatted(name)));
    answer
        .late()
        .forEach(name -> output.line("@|red %s|@ was merged late: renumber".formatted(name)));
  }

  private static List<String> names(List<VersionedFile> files) {
    return files.stream().map(VersionedFile::name).toList();
  }
}
