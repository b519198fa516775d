package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.move.SchemaReplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replicate",
    description = {
      "Copies every row of the schema to another database and follows the changes, by logical replication, so that",
      "services need not stop before move --replicated. Ends with 8, and leaves nothing, when the servers or users",
      "cannot. Until --stop the source keeps on its disk what the other database has not got yet."
    })
final class ReplicateCommand extends ToolCommand {

  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Option(
      names = "--from-admin-variable",
      paramLabel = "NAME",
      required = true,
      description = {
        "The variable that holds this database's URL with a user who may publish and replicate; the other server",
        "connects with it."
      })
  private String sourceAdmin = "";

  @Option(
      names = "--to-admin-variable",
      paramLabel = "NAME",
      required = true,
      description =
          "The variable that holds the other database's URL with a user who may subscribe.")
  private String destinationAdmin = "";

  @Option(names = "--stop", description = "End it on both sides; may be repeated.")
  private boolean stop;

  /** The answer as JSON. */
  record Answer(String from, String to, boolean replicating) {}

  @Override
  Reply reply() {
    Target source = options.target();
    Target target = destination.of(source, options);
    var replication =
        new SchemaReplication(
            source,
            target,
            options.database(sourceAdmin),
            options.database(destinationAdmin),
            line -> options.output().raw("replicate: " + line));
    if (stop) {
      replication.stop();
    } else {
      replication.start(destination.replace());
    }
    return new Reply(
        new Answer(source.display(), target.display(), !stop),
        output ->
            output.line(
                source.display()
                    + (stop
                        ? " is not replicated any more"
                        : " is replicated to " + target.display())));
  }
}
