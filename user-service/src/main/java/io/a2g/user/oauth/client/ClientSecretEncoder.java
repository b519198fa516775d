package io.a2g.user.oauth.client;

import io.a2g.user.oauth.OpaqueToken;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Compares client secrets with their stored SHA-256, in a time that does not tell how close. */
@Component
class ClientSecretEncoder implements PasswordEncoder {

  @Override
  public @Nullable String encode(@Nullable CharSequence secret) {
    return secret == null
        ? null
        : HexFormat.of().formatHex(new OpaqueToken(secret.toString()).sha256());
  }

  @Override
  public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
    return secret != null
        && hash != null
        && MessageDigest.isEqual(
            new OpaqueToken(secret.toString()).sha256(), HexFormat.of().parseHex(hash));
  }
}
