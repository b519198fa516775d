package io.a2g.common.topology;

import io.a2g.common.topology.WordLines.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The text of {@code platform-services.conf}, checked. */
record Registry(List<ServiceLine> services, List<TargetLine> targets) {

  static final String FILE = "platform-services.conf";

  private static final Set<String> FUNCTIONS = Set.of("pins", "names");

  /** Of this release. */
  static final Registry CURRENT = parse(WordLines.ofClassPath(FILE));

  /**
   * @param targets that it may refer to
   */
  record ServiceLine(String name, String schema, int port, List<String> targets) {}

  /**
   * @param functions that the owner publishes besides those of every target
   */
  record TargetLine(String name, String schema, String table, List<String> functions) {}

  Registry {
    services = List.copyOf(services);
    targets = List.copyOf(targets);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException naming the first line that is wrong, and what is
   */
  static Registry parse(List<String> text) {
    var parser = new Parser();
    WordLines.read(FILE, text, parser::read);
    parser.requireKnownNames();
    return new Registry(parser.services, parser.targets);
  }

  private static final class Parser {

    private final List<ServiceLine> services = new ArrayList<>();
    private final List<TargetLine> targets = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<Object> taken = new HashSet<>();

    Line read(Line line) {
      switch (line.word(0)) {
        case "service" -> services.add(service(line));
        case "target" -> targets.add(target(line));
        default -> throw line.wrong("begins with neither service nor target");
      }
      lines.add(line);
      return line;
    }

    private ServiceLine service(Line line) {
      line.requireWords(5, "service <name> <schema> <port> <targets or ->");
      String name = line.name(1);
      if (!name.endsWith("-service")) {
        throw line.wrong("'%s' does not end in -service".formatted(name));
      }
      if (line.name(2).contains("-")) {
        throw line.wrong("'%s' is no name of a schema".formatted(line.word(2)));
      }
      return new ServiceLine(
          line.unique(name, taken),
          line.unique(line.word(2), taken),
          line.unique(port(line), taken),
          line.list(4));
    }

    private static int port(Line line) {
      String port = line.word(3);
      if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
        throw line.wrong("'%s' is no port".formatted(port));
      }
      return Integer.parseInt(port);
    }

    private TargetLine target(Line line) {
      line.requireWords(5, "target <name> <schema> <table> <functions or ->");
      List<String> functions = line.list(4);
      if (!FUNCTIONS.containsAll(functions)) {
        throw line.wrong("'%s' names other functions than pins and names".formatted(line.word(4)));
      }
      return new TargetLine(
          line.unique("target " + line.name(1), taken).substring("target ".length()),
          line.name(2),
          line.name(3),
          functions);
    }

    // Within a schema a foreign key does it.
    private void requireForeign(Line line) {
      targets.stream()
          .filter(target -> target.schema().equals(line.word(2)))
          .filter(target -> line.list(4).contains(target.name()))
          .findFirst()
          .ifPresent(target -> {
            throw line.wrong("'%s' is in its own schema".formatted(target.name()));
          });
    }

    private void requireKnownNames() {
      List<String> schemas = services.stream().map(ServiceLine::schema).toList();
      List<String> names = targets.stream().map(TargetLine::name).toList();
      for (Line line : lines) {
        if (line.word(0).equals("target") && !schemas.contains(line.word(2))) {
          throw line.wrong("no service has the schema " + line.word(2));
        }
        if (line.word(0).equals("service")) {
          line.list(4).stream()
              .filter(target -> !names.contains(target))
              .findFirst()
              .ifPresent(target -> {
                throw line.wrong("there is no target '%s'".formatted(target));
              });
          requireForeign(line);
        }
      }
    }
  }
}
