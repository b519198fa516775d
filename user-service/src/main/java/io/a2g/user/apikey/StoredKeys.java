package io.a2g.user.apikey;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of API keys. */
interface StoredKeys extends Repository<StoredKey, Long> {

  StoredKey saveAndFlush(StoredKey key);

  @Query("select k from StoredKey k where k.id = :id and (k.userId = :callerId or :admin = true)")
  Optional<StoredKey> findVisible(long id, long callerId, boolean admin);

  @Query("select k from StoredKey k where k.userId = :userId and k.id < :before order by k.id desc")
  List<StoredKey> list(long userId, long before, Limit limit);
}
