package io.a2g.user.oauth.key.web;

import io.a2g.user.oauth.key.SigningKey;
import io.a2g.user.oauth.key.SigningKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/signing-keys")
@Tag(name = "signing-keys")
class SigningKeyController {

  private final SigningKeys keys;

  SigningKeyController(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * A wish for a new key.
   *
   * @param compromised withdraw the keys of before now; false when absent
   */
  record Rotation(@Nullable Boolean compromised) {}

  /** The keys; few enough for one page. */
  record KeyList(List<SigningKey> items) {}

  @GetMapping
  @Operation(summary = "List the keys that sign tokens (ADMIN)", description = "Newest first.")
  KeyList list() {
    return new KeyList(keys.list());
  }

  @PostMapping
  @Operation(
      summary = "Make the next signing key (ADMIN)",
      description =
          "It is published now and signs an hour later; tokens of the key before stay valid until they expire. compromised: it signs at once, and nothing signed before is accepted any more.")
  @ResponseStatus(HttpStatus.CREATED)
  SigningKey rotate(@Valid @RequestBody Rotation body) {
    return keys.rotate(Boolean.TRUE.equals(body.compromised()));
  }
}
