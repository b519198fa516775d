package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.revision.Heads;
import io.a2g.common.migrate.revision.VersionedFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "heads",
    description = {
      "Shows the newest file, and the files that do not stand in line: equal versions, and those merged",
      "late, below the version of the schema. Ends with 3 when there are such files."
    },
    mixinStandardHelpOptions = true)
final class HeadsCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  /** The answer as JSON: names of files. */
  record Answer(String service, List<String> heads, List<String> equal, List<String> late) {}

  @Override
  public Integer call() {
    Heads heads = Heads.find(options.target());
    var answer =
        new Answer(
            options.service().name(),
            names(heads.newest()),
            names(heads.equal()),
            names(heads.late()));
    options.output().answer(answer, () -> print(answer));
    boolean inLine = answer.equal().isEmpty() && answer.late().isEmpty();
    return (inLine ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  private void print(Answer answer) {
    Output output = options.output();
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
