package io.a2g.user.apikey.web;

import io.a2g.user.apikey.LeakedKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

  private final LeakedKeys keys;

  LeakedKeyController(LeakedKeys keys) {
    this.keys = keys;
  }

  @PostMapping
  @SecurityRequirements
  @Operation(
      summary = "Report keys that leaked",
      description =
          "Without credentials: who has a key may end it. Those of this platform are revoked; the answer does not tell which ones are.")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void report(@Valid @RequestBody LeakedKeysRequest body) {
    keys.revoke(body.keys());
  }
}
