package io.a2g.common.migrate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What every command does alike: take the options, do its work, and answer in the form asked for.
 */
@Command(mixinStandardHelpOptions = true)
abstract class ToolCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  final CommandOptions options = new CommandOptions();

  /** Does the work, and returns what there is to say about it. */
  abstract Reply reply();

  @Override
  public final Integer call() {
    Reply reply = reply();
    Output output = options.output();
    output.answer(reply.document(), () -> reply.lines().accept(output));
    if (reply.warning() != null) {
      options.err().println("migrate: " + reply.warning());
    }
    return reply.code().code();
  }
}
