package io.a2g.common.reference.remote;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.peer.PeerClient;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.ReferenceHolder;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceRouter;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetOwner;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.ServiceIdentity;
import io.a2g.common.topology.TargetStates;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Both ends of references, wherever the other one is. */
@AutoConfiguration
@EnableConfigurationProperties(RemoteReferenceProperties.class)
public class RemoteReferenceAutoConfiguration {

  private static final Duration CLEANUP_PAUSE = Duration.ofHours(1);

  private final PlatformSchema own;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  RemoteReferenceAutoConfiguration(
      ServiceIdentity service, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.own = service.schema();
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Bean
  Reservations referenceReservations(PlatformTransactionManager transactions) {
    return new Reservations(own, jdbc, transactions);
  }

  @Bean
  ReservationOutcomes reservationOutcomes() {
    return new ReservationOutcomes(own, jdbc);
  }

  @Bean
  ForeignDeletions foreignDeletions() {
    return new ForeignDeletions(own, jdbc);
  }

  @Bean
  Outbox referenceOutbox() {
    return new Outbox(own, jdbc);
  }

  @Bean
  Settlement referenceSettlement(Reservations reservations, Peers peers) {
    return new Settlement(reservations, peers, transaction);
  }

  @Bean
  ReferenceRouter referenceRouter(Peers peers, Reservations reservations) {
    Map<PlatformSchema, TargetOwner> owners = new HashMap<>();
    Map<PlatformSchema, ReferenceHolder> holders = new HashMap<>();
    for (PlatformSchema schema : PlatformSchema.values()) {
      if (peers.isRemote(schema)) {
        PeerClient service = peers.remote(schema);
        owners.put(schema, new HttpTargetOwner(service, own));
        holders.put(schema, new HttpReferenceHolder(service, reservations));
      }
    }
    return new ReferenceRouter(jdbc, owners, holders);
  }

  @Bean
  ReferenceVerifier referenceVerifier(
      ReferenceRouter router, ReservationOutcomes outcomes, ForeignDeletions deletions) {
    return new RoutedVerifier(router, outcomes, deletions);
  }

  @Bean
  ReferenceHolders referenceHolders(ReferenceRouter router, Settlement settlement) {
    return new ReferenceHolders(router, settlement::of);
  }

  @Bean
  TargetNames targetNames(ReferenceRouter router, ReferenceVerifier references) {
    return new TargetNames(router, references);
  }

  @Bean
  TargetStates targetStates(ReferenceRouter router) {
    return (target, ids) -> router.owner(target).states(target, ids);
  }

  @Bean
  InternalReferenceController internalReferenceController(
      Reservations reservations,
      ReservationOutcomes outcomes,
      ForeignDeletions deletions,
      ApplicationEventPublisher events) {
    return new InternalReferenceController(
        own, reservations, outcomes, deletions, jdbc, transaction, events);
  }

  @Bean
  Announcer referenceAnnouncer(Outbox outbox, Peers peers) {
    return new Announcer(own, outbox, peers, transaction);
  }

  @Bean
  @Nullable PlatformJob reservationCleanup(
      Settlement settlement, RemoteReferenceProperties properties) {
    return ofOwner(
        "reservation-cleanup",
        properties.sweepInterval(),
        () -> settlement.ofOlder(properties.reservationAge()));
  }

  @Bean
  @Nullable PlatformJob announceDeletions(
      Announcer announcer, RemoteReferenceProperties properties) {
    return ofOwner("announce-deletions", properties.announceInterval(), announcer::announce);
  }

  @Bean
  @Nullable PlatformJob referenceEventCleanup(Outbox outbox) {
    return ofOwner("reference-event-cleanup", CLEANUP_PAUSE, () -> untilNone(outbox::removeOld));
  }

  @Bean
  @Nullable PlatformJob reservationOutcomeCleanup(
      ReservationOutcomes outcomes, ForeignDeletions deletions) {
    return job(
        ReferenceTarget.heldBy(own),
        "reservation-outcome-cleanup",
        CLEANUP_PAUSE,
        () -> {
          untilNone(outcomes::removeOld);
          untilNone(deletions::removeOld);
        });
  }

  private @Nullable PlatformJob ofOwner(String name, Duration pause, PlatformJob.Work work) {
    return job(ReferenceTarget.ownedBy(own), name, pause, work);
  }

  // Without targets this schema has not the tables of that side, and its service no such job.
  private static @Nullable PlatformJob job(
      Collection<ReferenceTarget> targets, String name, Duration pause, PlatformJob.Work work) {
    return targets.isEmpty() ? null : new PlatformJob(name, pause, work);
  }

  private static void untilNone(IntSupplier removal) {
    while (removal.getAsInt() > 0) {
      // The next ones.
    }
  }
}
