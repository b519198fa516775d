package io.a2g.common.reference.remote;

import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceRouter;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.topology.PlatformSchema;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The product's references without a service around them, where all schemas are in one database.
 */
public record LocalReferences(
    ReferenceVerifier verifier, ReferenceHolders holders, TargetNames names) {

  /** In the transactions of this client. */
  public static LocalReferences of(JdbcClient jdbc) {
    ReferenceRouter router = new ReferenceRouter(jdbc, Map.of(), Map.of());
    // Of no use here: nothing is reserved.
    PlatformSchema own = PlatformSchema.of("chat");
    ReferenceVerifier verifier =
        new RoutedVerifier(
            router, new ReservationOutcomes(own, jdbc), new ForeignDeletions(own, jdbc));
    return new LocalReferences(
        verifier,
        new ReferenceHolders(router, (target, ids) -> {}),
        new TargetNames(router, verifier));
  }
}
