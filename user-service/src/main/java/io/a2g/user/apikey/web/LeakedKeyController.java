package io.a2g.user.apikey.web;

import io.a2g.user.apikey.ApiKeyService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/leaked-keys")
@Tag(name = "api-keys")
class LeakedKeyController {

  private final ApiKeyService keys;

  LeakedKeyController(ApiKeyService keys) {
    this.keys = keys;
  }

  /**
   * Keys that were found.
   *
   * @param keys whole keys; other texts are passed over
   */
  record LeakedKeysRequest(
      @NotEmpty @Size(max = 100) List<@NotNull @Size(max = 200) String> keys) {}

  @PostMapping
  @SecurityRequirements
  @Operation(
      summary = "Report keys that leaked",
      description =
          "Without credentials: who has a key may end it. Those of this platform are revoked; the answer does not tell which ones are.")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void report(@Valid @RequestBody LeakedKeysRequest body) {
    keys.revokeLeaked(body.keys());
  }
}
