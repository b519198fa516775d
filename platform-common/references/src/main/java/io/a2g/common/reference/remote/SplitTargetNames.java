package io.a2g.common.reference.remote;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.DatabaseTargetNames;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;

/** Names of rows in this database by their function, of others over HTTP with a short memory. */
public final class SplitTargetNames implements TargetNames {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_ROWS = 10_000;

  private final DatabaseTargetNames database;
  private final Peers peers;
  private final ReferenceVerifier references;
  private final Cache<Row, Names> known = cache();
  private final Cache<Row, Names> contacts = cache();

  private record Row(ReferenceTarget target, long id) {}

  SplitTargetNames(DatabaseTargetNames database, Peers peers, ReferenceVerifier references) {
    this.database = database;
    this.peers = peers;
    this.references = references;
  }

  @Override
  public Map<Long, Names> of(ReferenceTarget target, Collection<Long> ids) {
    if (!peers.isRemote(target.owner())) {
      return database.of(target, ids);
    }
    return remembered(known, Protocol.NAMES, target, ids);
  }

  @Override
  public Map<Long, Names> contactsOf(Collection<Long> userIds) {
    return peers.isRemote(ReferenceTarget.USER.owner())
        ? remembered(contacts, Protocol.CONTACTS, ReferenceTarget.USER, userIds)
        : database.contactsOf(userIds);
  }

  private Map<Long, Names> remembered(
      Cache<Row, Names> cache, String path, ReferenceTarget target, Collection<Long> ids) {
    Map<Long, Names> names = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (Long id : new HashSet<>(ids)) {
      Names remembered = cache.getIfPresent(new Row(target, id));
      if (remembered == null) {
        unknown.add(id);
      } else {
        names.put(id, remembered);
      }
    }
    Map<Long, Names> asked = ask(path, target, unknown);
    asked.forEach((id, row) -> cache.put(new Row(target, id), row));
    names.putAll(asked);
    return names;
  }

  @Override
  public Map<Long, Names> now(ReferenceTarget target, Collection<Long> ids) {
    return peers.isRemote(target.owner())
        ? ask(Protocol.NAMES, target, List.copyOf(new HashSet<>(ids)))
        : database.now(target, ids);
  }

  @Override
  public Names pinned(Pin pin) {
    if (!peers.isRemote(pin.target().owner())) {
      return database.pinned(pin);
    }
    references.pin(pin);
    long id = (long) Objects.requireNonNull(pin.arguments().getFirst());
    return now(pin.target(), List.of(id)).getOrDefault(id, Names.UNKNOWN);
  }

  private Map<Long, Names> ask(String path, ReferenceTarget target, List<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : peers
            .remote(target.owner())
            .post(path, new Protocol.Rows(target, ids), Protocol.KnownNames.class)
            .names();
  }

  /** Forgets a row that has changed. */
  @EventListener
  void forget(TargetChanged event) {
    Row row = new Row(event.target(), event.id());
    known.invalidate(row);
    contacts.invalidate(row);
  }

  private static Cache<Row, Names> cache() {
    return Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_ROWS).build();
  }
}
