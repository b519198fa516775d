package io.a2g.chat.file;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of uploads. Single reads need no transaction and open none. */
interface FileUploadRepository extends Repository<FileUpload, Long> {

  FileUpload saveAndFlush(FileUpload file);

  @Query(
      """
      select f from FileUpload f
      where f.id = :id and (:admin = true or (f.userId = :callerId and f.deletedAt is null))
      """)
  Optional<FileUpload> findVisible(long id, long callerId, boolean admin);

  @Query(
      nativeQuery = true,
      value =
          """
          SELECT * FROM chat.file_uploads
          WHERE id = :id AND (user_id = :callerId OR :admin) FOR UPDATE
          """)
  Optional<FileUpload> findForUpdate(long id, long callerId, boolean admin);

  @Query(
      """
      select f from FileUpload f
      where f.userId = :userId and f.id < :before
        and ((:live = true and f.deletedAt is null) or (:live = false and f.deletedAt is not null))
      order by f.id desc
      """)
  List<FileUpload> list(long userId, long before, boolean live, Limit limit);

  @Query(
      """
      select f from FileUpload f
      where f.sessionId = :sessionId and f.userId = :userId and f.id < :before
        and ((:live = true and f.deletedAt is null) or (:live = false and f.deletedAt is not null))
      order by f.id desc
      """)
  List<FileUpload> listOfSession(
      long sessionId, long userId, long before, boolean live, Limit limit);
}
