package io.a2g.common.startup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service treats its schema when it starts ({@code platform.migration.*}).
 *
 * @param mode migrate (default), verify or off; environment: MIGRATION_MODE
 * @param verifyWait in verify mode, how long to wait for the separate migration step before the
 *     service ends; environment: MIGRATION_VERIFY_WAIT
 * @param refresh how often the figures about migrations are read again
 */
@ConfigurationProperties("platform.migration")
public record MigrationProperties(
    @DefaultValue("migrate") Mode mode,
    @DefaultValue("60s") Duration verifyWait,
    @DefaultValue("60s") Duration refresh) {

  /** Who migrates. */
  public enum Mode {
    /** The service itself, when it starts; several replicas are safe. */
    MIGRATE,
    /** A separate step; the service waits for it, and ends when it does not come. */
    VERIFY,
    /** Nobody looks; only the entities are compared with the tables. */
    OFF
  }
}
