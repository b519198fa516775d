package io.a2g.common.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.peer.PeerProperties.Mode;
import io.a2g.common.peer.PeerProperties.Peer;
import io.a2g.common.schema.PlatformSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PeerSettingsTests {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Peer HERE = new Peer(Mode.DATABASE, "");

  @Test
  void defaultIsTheSameDatabaseForAllAndNeedsNoToken() {
    Peers peers = peers(HERE, "");

    assertThat(peers.isRemote(PlatformSchema.USERS)).isFalse();
    assertThat(peers.client(PlatformSchema.USERS)).isEmpty();
  }

  @Test
  void httpNeedsAUrl() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, ""), TOKEN))
        .withMessageContaining("A2G_USERS_URL")
        .withMessageContaining("user-service");
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, "ftp://there"), TOKEN));
  }

  @Test
  void httpNeedsATokenAndSaysSo() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> peers(new Peer(Mode.HTTP, "http://127.0.0.1:8001"), ""))
        .withMessageContaining("A2G_SERVICE_TOKEN");
  }

  @Test
  void ownSchemaIsNeverRemote() {
    PeerProperties settings = settings(new Peer(Mode.HTTP, ""), "");

    assertThat(
            new Peers(
                    settings, PlatformSchema.USERS, ServiceToken.of(settings), JsonMapper.shared())
                .isRemote(PlatformSchema.USERS))
        .isFalse();
  }

  @Test
  void urlInModeDatabaseAllowsToFinishWhatBeganBefore() {
    Peers peers = peers(new Peer(Mode.DATABASE, "http://127.0.0.1:8001"), TOKEN);

    assertThat(peers.isRemote(PlatformSchema.USERS)).isFalse();
    assertThat(peers.client(PlatformSchema.USERS)).isPresent();
  }

  @Test
  void tokenIsComparedAndNeverShown() {
    ServiceToken token = new ServiceToken(TOKEN);

    assertThat(token.accepts("Bearer " + TOKEN)).isTrue();
    assertThat(token.accepts("Bearer " + TOKEN + "x")).isFalse();
    assertThat(token.accepts(TOKEN)).isFalse();
    assertThat(token.accepts(null)).isFalse();
    assertThat(token.toString()).doesNotContain(TOKEN);
    assertThat(settings(HERE, TOKEN).toString()).doesNotContain(TOKEN);
  }

  @Test
  void withoutATokenNobodyIsAccepted() {
    ServiceToken none = new ServiceToken("");

    assertThat(none.isPresent()).isFalse();
    assertThat(none.accepts("Bearer ")).isFalse();
  }

  @Test
  void shortTokenIsRefusedWithoutShowingIt() {
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> new ServiceToken("too-short"))
        .withMessageContaining("32")
        .withMessageNotContaining("too-short");
  }

  @Test
  void tokenComesFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");

    PeerProperties settings = settings(HERE, "", file.toString());

    assertThat(ServiceToken.of(settings).accepts("Bearer " + TOKEN)).isTrue();
    assertThatExceptionOfType(InvalidPeerSettings.class)
        .isThrownBy(() -> ServiceToken.of(settings(HERE, "", folder + "/none")));
  }

  private static Peers peers(Peer users, String token) {
    PeerProperties settings = settings(users, token);
    return new Peers(
        settings, PlatformSchema.AGENTS, ServiceToken.of(settings), JsonMapper.shared());
  }

  private static PeerProperties settings(Peer users, String token) {
    return settings(users, token, "");
  }

  private static PeerProperties settings(Peer users, String token, String file) {
    return new PeerProperties(
        users, HERE, HERE, HERE, token, file, Duration.ofSeconds(1), Duration.ofSeconds(2));
  }
}
