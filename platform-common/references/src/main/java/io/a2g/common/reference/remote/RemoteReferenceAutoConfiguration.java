package io.a2g.common.reference.remote;

import io.a2g.common.peer.Peers;
import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.reference.DatabaseReferenceHolders;
import io.a2g.common.reference.DatabaseReferenceVerifier;
import io.a2g.common.reference.DatabaseTargetNames;
import io.a2g.common.reference.DatabaseTargetStates;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.topology.ServiceIdentity;
import io.a2g.common.topology.TargetStates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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

  @Bean
  Reservations referenceReservations(
      ServiceIdentity service, JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new Reservations(
        service.schema(), jdbc, new DatabaseReferenceVerifier(jdbc), transactions);
  }

  @Bean
  Marks referenceMarks(ServiceIdentity service, JdbcClient jdbc) {
    return new Marks(service.schema(), jdbc);
  }

  @Bean
  ForeignDeletions foreignDeletions(ServiceIdentity service, JdbcClient jdbc) {
    return new ForeignDeletions(service.schema(), jdbc);
  }

  @Bean
  Outbox referenceOutbox(ServiceIdentity service, JdbcClient jdbc) {
    return new Outbox(service.schema(), jdbc);
  }

  @Bean
  Settlement referenceSettlement(Reservations reservations, Peers peers) {
    return new Settlement(reservations, peers);
  }

  @Bean
  @ConditionalOnMissingBean
  ReferenceVerifier referenceVerifier(
      ServiceIdentity service,
      JdbcClient jdbc,
      Peers peers,
      Marks marks,
      ForeignDeletions deletions) {
    return new SplitReferenceVerifier(
        new DatabaseReferenceVerifier(jdbc), peers, service.schema(), marks, deletions);
  }

  @Bean
  @ConditionalOnMissingBean
  ReferenceHolders referenceHolders(
      JdbcClient jdbc, Peers peers, Reservations reservations, Settlement settlement) {
    return new SplitReferenceHolders(
        new DatabaseReferenceHolders(jdbc), peers, reservations, settlement, jdbc);
  }

  @Bean
  @ConditionalOnMissingBean(TargetNames.class)
  SplitTargetNames targetNames(JdbcClient jdbc, Peers peers, ReferenceVerifier references) {
    return new SplitTargetNames(new DatabaseTargetNames(jdbc), peers, references);
  }

  @Bean
  @ConditionalOnMissingBean
  TargetStates targetStates(JdbcClient jdbc, Peers peers) {
    return new SplitTargetStates(new DatabaseTargetStates(jdbc), peers);
  }

  @Bean
  InternalReferences internalReferences(
      ServiceIdentity service,
      Reservations reservations,
      Marks marks,
      ForeignDeletions deletions,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events) {
    return new InternalReferences(
        service.schema(),
        new InternalReferences.Tables(reservations, marks, deletions),
        jdbc,
        new TransactionTemplate(transactions),
        events);
  }

  @Bean
  Sweeper referenceSweeper(
      Reservations reservations,
      Settlement settlement,
      RemoteReferenceProperties properties,
      PlatformTransactionManager transactions) {
    return new Sweeper(
        reservations,
        settlement,
        properties.reservationAge(),
        new TransactionTemplate(transactions));
  }

  @Bean
  Announcer referenceAnnouncer(
      ServiceIdentity service,
      Outbox outbox,
      Peers peers,
      PlatformTransactionManager transactions) {
    return new Announcer(service.schema(), outbox, peers, new TransactionTemplate(transactions));
  }

  @Bean
  ReferenceUpkeep referenceUpkeep(
      ServiceIdentity service,
      Sweeper sweeper,
      Announcer announcer,
      Outbox outbox,
      Marks marks,
      ForeignDeletions deletions,
      SchemaReadiness migrations) {
    return new ReferenceUpkeep(
        service.schema(), sweeper, announcer, outbox, marks, deletions, migrations);
  }
}
