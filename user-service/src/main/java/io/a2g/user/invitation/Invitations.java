package io.a2g.user.invitation;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of invitations. */
interface Invitations extends Repository<Invitation, Long> {

  Invitation saveAndFlush(Invitation invitation);

  @Query("select i from Invitation i where i.id = ?1")
  Optional<Invitation> find(long id);

  @Query(nativeQuery = true, value = "SELECT * FROM users.invitations WHERE id = ?1 FOR UPDATE")
  Optional<Invitation> findForUpdate(long id);

  /**
   * Locks the invitation with this code, if it can be accepted: its author must still be an
   * administrator, or one who is dismissed could leave a door open.
   */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT i.* FROM users.invitations i
          WHERE i.code_hash = ?1 AND i.revoked_at IS NULL AND i.accepted_at IS NULL
            AND i.expires_at > now()
            AND EXISTS (SELECT FROM users.users u
                        WHERE u.id = i.invited_by AND u.role = 'ADMIN'
                          AND u.deleted_at IS NULL AND u.disabled_at IS NULL)
          FOR UPDATE OF i
          """)
  Optional<Invitation> findOpenForUpdate(byte[] codeHash);

  @Query("select i from Invitation i where i.id < :before order by i.id desc")
  List<Invitation> list(long before, Limit limit);
}
