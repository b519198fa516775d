package io.a2g.user.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.a2g.common.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as it is read.
 *
 * @param code the secret: in the answer that issues it, and never again
 * @param email see {@link Offer}; so are the next five
 * @param invitedBy id of the administrator
 * @param revokedAt when it was revoked; null: it is not
 * @param acceptedAt when it was accepted; null: not yet
 * @param acceptedBy id of the user who accepted it; null: not accepted yet
 */
@Schema(name = "InvitationResponse")
public record InvitationView(
    long id,
    @Schema(description = "The secret to pass on; only in the answer that issues it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String code,
    @Nullable String email,
    @Nullable String username,
    Role role,
    @Nullable String deptCode,
    @Nullable String deptnameKr,
    @Nullable String deptnameEn,
    long invitedBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant acceptedAt,
    @Nullable Long acceptedBy) {}
