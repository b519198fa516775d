package io.a2g.common.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.peer.PeerProperties.Mode;
import io.a2g.common.peer.PeerProperties.Peer;
import io.a2g.common.schema.PlatformSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PeerSettingsTests {

  private static final String SECRET = "not-to-be-seen";
  private static final Peer HERE = new Peer(Mode.DATABASE, "");

  @Test
  void defaultIsTheSameDatabaseForAllAndNeedsNoSecret() {
    Peers peers = peers(HERE, "");

    assertThat(peers.isRemote(PlatformSchema.USERS)).isFalse();
    assertThat(peers.client(PlatformSchema.USERS)).isEmpty();
  }

  @Test
  void httpNeedsAUrl() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, ""), SECRET))
        .withMessageContaining("A2G_USERS_URL")
        .withMessageContaining("user-service");
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, "ftp://there"), SECRET));
  }

  @Test
  void httpNeedsAClientSecretAndSaysSo() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, "http://127.0.0.1:8001"), ""))
        .withMessageContaining("A2G_CLIENT_SECRET");
  }

  @Test
  void ownSchemaIsNeverRemote() {
    PeerProperties settings = settings(new Peer(Mode.HTTP, ""), "");

    assertThat(peers(PlatformSchema.USERS, settings).isRemote(PlatformSchema.USERS)).isFalse();
  }

  @Test
  void urlInModeDatabaseAllowsToFinishWhatBeganBefore() {
    Peers peers = peers(new Peer(Mode.DATABASE, "http://127.0.0.1:8001"), SECRET);

    assertThat(peers.isRemote(PlatformSchema.USERS)).isFalse();
    assertThat(peers.client(PlatformSchema.USERS)).isPresent();
  }

  @Test
  void secretIsNeverShown() {
    assertThat(ClientSecret.of(settings(HERE, SECRET)).toString()).doesNotContain(SECRET);
    assertThat(settings(HERE, SECRET).toString()).doesNotContain(SECRET);
  }

  @Test
  void secretComesFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");

    assertThat(ClientSecret.of(settings(HERE, "", file.toString())).text()).isEqualTo(SECRET);
    for (String wrong : List.of(empty.toString(), folder + "/none")) {
      assertThatExceptionOfType(InvalidPeerSettings.class)
          .isThrownBy(() -> ClientSecret.of(settings(HERE, "", wrong)))
          .withMessageContaining(wrong);
    }
  }

  private static Peers peers(Peer users, String secret) {
    return peers(PlatformSchema.AGENTS, settings(users, secret));
  }

  private static Peers peers(PlatformSchema own, PeerProperties settings) {
    var http = new PeerHttp(settings.connectTimeout());
    var credential =
        new ClientCredentials(
            own.serviceName(),
            ClientSecret.of(settings),
            settings.tokenUrl(),
            http,
            JsonMapper.shared(),
            settings.answerTimeout());
    return new Peers(settings, own, credential, http, JsonMapper.shared());
  }

  private static PeerProperties settings(Peer users, String secret) {
    return settings(users, secret, "");
  }

  private static PeerProperties settings(Peer users, String secret, String file) {
    return new PeerProperties(
        users,
        HERE,
        HERE,
        HERE,
        URI.create("http://127.0.0.1:1/oauth2/token"),
        secret,
        file,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2));
  }
}
