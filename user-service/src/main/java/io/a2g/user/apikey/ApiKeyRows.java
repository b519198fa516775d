package io.a2g.user.apikey;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of API keys. */
interface ApiKeyRows extends Repository<ApiKeyRow, Long> {

  ApiKeyRow saveAndFlush(ApiKeyRow key);

  @Query("select k from ApiKeyRow k where k.id = :id and (k.userId = :callerId or :admin = true)")
  Optional<ApiKeyRow> findVisible(long id, long callerId, boolean admin);

  @Query(
      nativeQuery = true,
      value =
          "SELECT * FROM users.api_keys WHERE id = :id AND (user_id = :callerId OR :admin) FOR UPDATE")
  Optional<ApiKeyRow> findVisibleForUpdate(long id, long callerId, boolean admin);

  /** Those with these digests, in the order in which all such calls lock them. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query(
      "select k from ApiKeyRow k where k.keyHash in :hashes and k.revokedAt is null order by k.id")
  List<ApiKeyRow> findUnrevokedForUpdate(Collection<byte[]> hashes);

  @Query("select k from ApiKeyRow k where k.userId = :userId and k.id < :before order by k.id desc")
  List<ApiKeyRow> list(long userId, long before, Limit limit);
}
