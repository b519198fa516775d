package io.a2g.common.entities;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.identity.IdentityColumnSupport;
import org.hibernate.dialect.identity.PostgreSQLIdentityColumnSupport;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.sql.internal.CapacityDependentDdlType;
import org.hibernate.type.descriptor.sql.internal.DdlTypeImpl;

/**
 * The column types of this platform, so that entities need not repeat them: text for strings
 * (varchar(n) for {@code @Column(length = n)} up to 254), timestamptz without a precision for
 * instants, identities that always generate.
 */
public final class PlatformDialect extends PostgreSQLDialect {

  private static final int SHORT = 254;

  @Override
  public IdentityColumnSupport getIdentityColumnSupport() {
    return new PostgreSQLIdentityColumnSupport() {
      @Override
      public String getIdentityColumnString(int type) {
        return "generated always as identity";
      }
    };
  }

  @Override
  protected void registerColumnTypes(
      TypeContributions contributions, ServiceRegistry serviceRegistry) {
    super.registerColumnTypes(contributions, serviceRegistry);
    var types = contributions.getTypeConfiguration().getDdlTypeRegistry();
    types.addDescriptor(
        CapacityDependentDdlType.builder(SqlTypes.VARCHAR, "text", this)
            .withTypeCapacity(SHORT, "varchar($l)")
            .build());
    for (int instant : new int[] {SqlTypes.TIMESTAMP_UTC, SqlTypes.TIMESTAMP_WITH_TIMEZONE}) {
      types.addDescriptor(new DdlTypeImpl(instant, "timestamp with time zone", this));
    }
  }
}
