package io.a2g.common.security;

import io.a2g.common.peer.PeerClient;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks user-service. Only the key's SHA-256 goes out, never a key or a token. */
class HttpCallerDirectory implements CallerSource {

  private final PeerClient users;

  HttpCallerDirectory(PeerClient users) {
    this.users = users;
  }

  @Override
  public Optional<Caller> find(ApiKey key) {
    var question = new InternalCallerController.KeyQuestion(HexFormat.of().formatHex(key.sha256()));
    return ask(InternalCallerController.OF_KEY, question);
  }

  @Override
  public Optional<Caller> find(AccessToken token) {
    return ask(
        InternalCallerController.OF_TOKEN,
        new InternalCallerController.TokenQuestion(
            token.userId(), token.grantId(), List.copyOf(token.scopes().tokens())));
  }

  @Override
  public List<String> signingKeys() {
    return users
        .post(
            InternalCallerController.SIGNING_KEYS,
            List.of(),
            InternalCallerController.SigningKeys.class)
        .keys();
  }

  private Optional<Caller> ask(String path, Object question) {
    return Optional.ofNullable(
            users.post(path, question, InternalCallerController.Found.class).caller())
        .map(InternalCallerController.KnownCaller::caller);
  }
}
