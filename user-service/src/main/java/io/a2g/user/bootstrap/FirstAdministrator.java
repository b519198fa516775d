package io.a2g.user.bootstrap;

import io.a2g.common.readiness.SchemaReady;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Role;
import io.a2g.common.security.Scopes;
import io.a2g.user.account.Department;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import io.a2g.user.account.UserProvisioning;
import io.a2g.user.apikey.ApiKeyService;
import io.a2g.user.apikey.ApiKeySettings;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the first administrator and a key for it, when there is no administrator yet. */
@Component
class FirstAdministrator {

  private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

  private final BootstrapProperties properties;
  private final UserProvisioning users;
  private final ApiKeyService keys;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  FirstAdministrator(
      BootstrapProperties properties,
      UserProvisioning users,
      ApiKeyService keys,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.properties = properties;
    this.users = users;
    this.keys = keys;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @EventListener(SchemaReady.class)
  void make() throws IOException {
    if (properties.adminApiKeyFile().isBlank() || users.hasAdministrator()) {
      return;
    }
    Path file = Path.of(properties.adminApiKeyFile());
    ApiKey key = new AdminKeyFile(file).readOrMake();
    if (transaction.execute(status -> makeOnce(key))) {
      log.info("The first administrator's API key is in {}", file.toAbsolutePath());
    } else {
      // With a folder of its own, each replica has drawn a key; that of the other one counts.
      log.info("Another replica made the first administrator: {} may hold no key", file);
    }
  }

  // False when another replica was first.
  private boolean makeOnce(ApiKey key) {
    // Replicas that start together: one makes the administrator, the others find it.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('users.first_administrator'))")
        .query((row, number) -> true)
        .single();
    if (users.hasAdministrator()) {
      return false;
    }
    User admin = users.add("admin", Role.ADMIN, Profile.EMPTY, Department.NONE);
    keys.store(admin.id(), ApiKeySettings.named("first administrator"), key, Scopes.ALL);
    return true;
  }
}
