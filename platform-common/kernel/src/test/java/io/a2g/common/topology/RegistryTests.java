package io.a2g.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTests {

  private static final List<String> GOOD =
      List.of(
          "# a comment",
          "service user-service users 8001 -",
          "",
          "  service\tagent-service agents 8002 user",
          "target user users users pins,names",
          "target agent agents agents -");

  @Test
  void linesKeepTheirOrderAndCommentsSayNothing() {
    Registry registry = Registry.parse(GOOD);

    assertThat(registry.services())
        .extracting(Registry.ServiceLine::schema)
        .containsExactly("users", "agents");
    assertThat(registry.services().getLast().targets()).containsExactly("user");
    assertThat(registry.targets().getFirst().functions()).containsExactly("pins", "names");
    assertThat(registry.targets().getLast().functions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          services chat-service chat 8003 -      | begins with neither service nor target
          service chat-service chat 8003         | a line is: service <name> <schema> <port> <targets or ->
          service chat-service chat 8003 - -     | a line is: service <name> <schema> <port> <targets or ->
          service Chat-service chat 8003 -       | 'Chat-service' is no name in small letters
          service chat chat 8003 -               | 'chat' does not end in -service
          service chat-service a-b 8003 -        | 'a-b' is no name of a schema
          service chat-service chat 65536 -      | '65536' is no port
          service chat-service chat none -       | 'none' is no port
          service chat-service chat 8002 -       | 8002 is there already
          service chat-service users 8003 -      | users is there already
          service chat-service chat 8003 robot   | there is no target 'robot'
          target robot robots robots -           | no service has the schema robots
          target user agents robots -            | target user is there already
          target robot agents robots locks       | 'locks' names other functions than pins and names
          """)
  void wrongLineIsNamed(String line, String what) {
    List<String> text = new ArrayList<>(GOOD);
    text.add(line);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registry.parse(text))
        .withMessage("platform-services.conf, line 7: " + what);
  }

  @Test
  void serviceRefersToNoRowsOfItsOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Registry.parse(List.of("service a-service a 1 row", "target row a rows -")))
        .withMessage("platform-services.conf, line 1: 'row' is in its own schema");
  }

  @Test
  void auditorsAreThoseThatReferToTheSchema() {
    assertThat(PlatformSchema.USERS.auditors())
        .containsExactlyElementsOf(ReferenceTarget.USER.holders());
    assertThat(PlatformSchema.of("tracing").auditors()).isEmpty();
  }

  @Test
  void callersReferToTheSchemaOrAreReferredToOrLookUpKeys() {
    assertThat(PlatformSchema.USERS.callers())
        .hasSize(PlatformSchema.values().length - 1)
        .doesNotContain(PlatformSchema.USERS);
    assertThat(PlatformSchema.of("chat").callers())
        .extracting(PlatformSchema::schemaName)
        .containsExactly("users", "agents", "tracing");
    assertThat(PlatformSchema.of("admin").callers()).isEmpty();
  }

  @Test
  void referencesAreReadFromTheirLines() {
    ServiceIdentity service =
        ServiceIdentity.of(
            "tracing-service", List.of("# why", "logs.agent_id nullable agent KEEP SET_NULL"));

    assertThat(service.references())
        .containsExactly(
            new Reference(
                "logs",
                "agent_id",
                true,
                ReferenceTarget.of("agent"),
                Reference.OnDelete.KEEP,
                Reference.OnOrphan.SET_NULL));
    assertThat(ServiceIdentity.of("user-service").references()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          logs.agent_id nullable agent KEEP           | line 1: a line is: <table>.<column>
          agent_id nullable agent KEEP SET_NULL       | line 1: begins with neither
          logs.agent_id maybe agent KEEP SET_NULL     | line 1: begins with neither
          logs.agent_id nullable robot KEEP SET_NULL  | line 1: platform-services.conf has no target 'robot'
          logs.agent_id nullable agent DROP SET_NULL  | line 1: 'DROP' is none of [RESTRICT, KEEP]
          logs.agent_id required agent KEEP SET_NULL  | line 1: logs.agent_id cannot be emptied
          logs.user_id nullable user KEEP SET_NULL    | platform-services.conf says that tracing-service does not
          """)
  void wrongReferenceIsNamed(String line, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceIdentity.of("tracing-service", List.of(line)))
        .withMessageStartingWith("references/tracing-service.conf")
        .withMessageContaining(what);
  }
}
