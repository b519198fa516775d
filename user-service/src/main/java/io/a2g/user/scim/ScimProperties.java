package io.a2g.user.scim;

import io.a2g.common.security.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of SCIM ({@code platform.scim}).
 *
 * @param role of users whom the directory adds: USER when absent; PENDING, and an administrator
 *     approves each. Never ADMIN: administrators are appointed by administrators.
 */
@ConfigurationProperties("platform.scim")
record ScimProperties(@DefaultValue("USER") Role role) {

  ScimProperties {
    if (role == Role.ADMIN) {
      throw new IllegalArgumentException("platform.scim.role must be USER or PENDING");
    }
  }
}
