package io.a2g.common.security;

import io.a2g.common.peer.PeerClient;
import java.util.HexFormat;
import java.util.Optional;

/** Asks user-service. Only the key's SHA-256 goes out, never the key. */
class HttpCallerDirectory implements CallerDirectory {

  private final PeerClient users;

  HttpCallerDirectory(PeerClient users) {
    this.users = users;
  }

  @Override
  public Optional<Caller> find(ApiKey key) {
    String sha256 = HexFormat.of().formatHex(key.sha256());
    InternalCallerController.Found found =
        users.post(
            InternalCallerController.PATH,
            new InternalCallerController.Question(sha256),
            InternalCallerController.Found.class);
    return Optional.ofNullable(found.caller()).map(InternalCallerController.KnownCaller::caller);
  }
}
