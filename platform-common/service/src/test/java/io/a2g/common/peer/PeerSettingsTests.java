package io.a2g.common.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.environment.SecretFileEnvironment;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

class PeerSettingsTests {

  private static final String SECRET = "not-to-be-seen";
  private static final String HERE = "";
  private static final String THERE = "http://127.0.0.1:8001";

  @Test
  void defaultIsTheSameDatabaseForAllAndNeedsNoSecret() {
    Peers peers = peers(HERE, "");

    assertThat(peers.isRemote(PlatformSchema.USERS)).isFalse();
    assertThat(peers.client(PlatformSchema.USERS)).isEmpty();
  }

  @Test
  void schemaWithAUrlIsRemote() {
    for (PlatformSchema schema : PlatformSchema.values()) {
      Peers peers = peers(PlatformSchema.of("agents"), schema, THERE, SECRET);

      for (PlatformSchema other : PlatformSchema.values()) {
        boolean remote = other == schema && other != PlatformSchema.of("agents");
        assertThat(peers.isRemote(other)).isEqualTo(remote);
        assertThat(peers.client(other).isPresent()).isEqualTo(remote);
      }
    }
  }

  @Test
  void urlThatIsNoneIsRefused() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers("ftp://there", SECRET))
        .withMessageContaining("A2G_USERS_URL")
        .withMessageContaining("user-service");
  }

  @Test
  void remoteSchemaNeedsAClientSecretAndSaysSo() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(THERE, ""))
        .withMessageContaining("A2G_USERS_URL")
        .withMessageContaining("A2G_CLIENT_SECRET");
  }

  @Test
  void ownSchemaIsNeverRemote() {
    PlatformSchema users = PlatformSchema.USERS;

    assertThat(peers(users, users, THERE, "").isRemote(users)).isFalse();
  }

  @Test
  void secretIsNeverShown() {
    assertThat(settings(SECRET).toString()).doesNotContain(SECRET);
  }

  @Test
  void secretComesFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");

    assertThat(bound(file).clientSecret()).isEqualTo(SECRET);
    for (Path wrong : List.of(empty, folder.resolve("none"))) {
      assertThatException()
          .isThrownBy(() -> bound(wrong))
          .havingRootCause()
          .withMessageContaining(wrong.toString());
    }
  }

  /** The settings as a service with this file and the platform's defaults has them. */
  private static PeerProperties bound(Path secretFile) throws IOException {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(
        new MapPropertySource("given", Map.of("A2G_CLIENT_SECRET_FILE", secretFile.toString())));
    new YamlPropertySourceLoader()
        .load("defaults", new ClassPathResource("platform-defaults.yml"))
        .forEach(sources::addLast);
    new SecretFileEnvironment().postProcessEnvironment(environment, new SpringApplication());
    return Binder.get(environment).bind("platform.peers", PeerProperties.class).get();
  }

  private static Peers peers(String users, String secret) {
    return peers(PlatformSchema.of("agents"), PlatformSchema.USERS, users, secret);
  }

  private static Peers peers(PlatformSchema own, PlatformSchema schema, String url, String secret) {
    PeerProperties settings = settings(secret);
    var http = new PeerHttp(settings.connectTimeout());
    var credential =
        new ClientCredentials(
            own.serviceName(),
            settings.clientSecret(),
            settings.tokenUrl(),
            http,
            JsonMapper.shared(),
            settings.answerTimeout());
    return new Peers(
        variable -> variable.equals("A2G_%s_URL".formatted(schema.name())) ? url : "",
        settings,
        own,
        credential,
        http,
        JsonMapper.shared());
  }

  private static PeerProperties settings(String secret) {
    return new PeerProperties(
        URI.create("http://127.0.0.1:1/oauth2/token"),
        secret,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));
  }
}
