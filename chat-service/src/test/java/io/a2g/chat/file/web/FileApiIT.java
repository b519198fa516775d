package io.a2g.chat.file.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileApiIT extends UploadIT {

  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private TestUser user;

  @BeforeEach
  void makeUser() {
    user = users().user();
  }

  @Test
  void uploadedFileComesBackAsItWas() {
    long session = sessionOf(user);

    Answer uploaded =
        upload(user, Multipart.file("보고서 1.txt", "hello").field("session_id", session)).expect(201);

    assertThat(uploaded.header("Location")).isEqualTo(FILES + "/" + uploaded.id());
    assertThat(uploaded.header("ETag")).isEqualTo("\"0\"");
    assertThat(uploaded.at("/original_name").asString()).isEqualTo("보고서 1.txt");
    assertThat(uploaded.at("/content_type").asString()).isEqualTo("text/plain");
    assertThat(uploaded.at("/size_bytes").asLong()).isEqualTo(5);
    assertThat(uploaded.at("/sha256").asString()).isEqualTo(HELLO_SHA256);
    assertThat(uploaded.at("/session_id").asLong()).isEqualTo(session);
    assertThat(uploaded.at("/user_id").asLong()).isEqualTo(user.id());
    Answer read = as(user).get(FILES + "/" + uploaded.id()).expect(200);
    assertThat(read.json()).isEqualTo(uploaded.json());
    assertThat(read.text()).doesNotContain("storage_key");
    assertThat(content(user, uploaded).expect(200).text()).isEqualTo("hello");
  }

  @Test
  void downloadIsAnAttachmentThatNoBrowserRuns() {
    Answer uploaded = upload(user, Multipart.file("가 \\\"나\\\";.md", "# hello")).expect(201);

    Answer content = content(user, uploaded).expect(200);

    assertThat(content.header("Content-Type")).isEqualTo("text/markdown");
    assertThat(content.header("Content-Length")).isEqualTo("7");
    assertThat(content.header("Content-Disposition"))
        .startsWith("attachment;")
        .endsWith("filename*=UTF-8''%EA%B0%80%20%22%EB%82%98%22%3B.md");
    assertThat(content.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(content.header("Content-Security-Policy")).contains("sandbox");
    assertThat(content.header("ETag")).isEqualTo("\"" + uploaded.at("/sha256").asString() + "\"");
  }

  @Test
  void downloadUnderstandsTagsAndRanges() {
    Answer uploaded = upload(user, Multipart.file("a.txt", "0123456789")).expect(201);
    String path = FILES + "/" + uploaded.id() + "/content";
    String tag = String.valueOf(as(user).get(path).header("ETag"));

    as(user).get(path, "If-None-Match", tag).expect(304);
    Answer part = as(user).get(path, "Range", "bytes=2-4").expect(206);
    assertThat(part.text()).isEqualTo("234");
    assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
    for (String range : List.of("bytes=10-", "bytes=x")) {
      Answer refused =
          as(user).get(path, "Range", range).expectProblem(416, "requested_range_not_satisfiable");
      assertThat(refused.header("Content-Range")).isEqualTo("bytes */10");
    }
    Answer head = as(user).send("HEAD", path, null).expect(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void rangeOfAnotherFileOrInAnotherUnitIsAnsweredWithTheWholeFile() {
    Answer uploaded = upload(user, Multipart.file("a.txt", "0123456789")).expect(201);
    String path = FILES + "/" + uploaded.id() + "/content";
    String tag = String.valueOf(as(user).get(path).header("ETag"));
    String range = "bytes=2-4";

    assertThat(as(user).get(path, "Range", range, "If-Range", tag).expect(206).text())
        .isEqualTo("234");
    for (String other : List.of("\"other\"", "W/" + tag, "Wed, 21 Oct 2015 07:28:00 GMT")) {
      Answer whole = as(user).get(path, "Range", range, "If-Range", other).expect(200);
      assertThat(whole.text()).isEqualTo("0123456789");
      assertThat(whole.header("Content-Length")).isEqualTo("10");
      assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    }
    assertThat(as(user).get(path, "Range", "lines=1-2").expect(200).text()).isEqualTo("0123456789");
    as(user).get(path, "Range", range, "If-Range", "\"other\"", "If-None-Match", tag).expect(304);
  }

  @Test
  void nameThatCameTakenApartIsStoredComposed() {
    Answer uploaded = upload(user, Multipart.file("\u1112\u1161\u11ab.txt", "hello")).expect(201);

    assertThat(uploaded.at("/original_name").asString()).isEqualTo("한.txt");
  }

  @Test
  void filesOfOthersLookMissing() {
    String path = FILES + "/" + upload(user, Multipart.file("a.txt", "secret")).expect(201).id();
    TestUser other = users().user();

    as(other).get(path).expectProblem(404, "not_found");
    as(other).get(path + "/content").expectProblem(404, "not_found");
    as(other).delete(path).expectProblem(404, "not_found");
    as(other).post(path + "/restore", "").expectProblem(404, "not_found");
    as(other).get(FILES + "?user_id=" + user.id()).expectProblem(403, "forbidden");
    as(user).get(FILES + "/999999999/content").expectProblem(404, "not_found");
    as(user).get(FILES + "/x/content").expectProblem(400, "invalid_parameter", "id");
    anonymous().get(path + "/content").expectProblem(401, "unauthenticated");

    assertThat(as(users().admin()).get(path + "/content").expect(200).text()).isEqualTo("secret");
    upload(users().make(Role.PENDING, null), Multipart.file("a.txt", "x"))
        .expectProblem(403, "forbidden");
    anonymous()
        .send("POST", FILES, Multipart.file("a.txt", "x").body())
        .expectProblem(401, "unauthenticated");
  }

  @Test
  void listShowsOwnFilesNewestFirstAcrossPages() {
    long session = sessionOf(user);
    List<Long> inSession = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var form = Multipart.file("a.txt", "x").field("session_id", session);
      long id = upload(user, form).expect(201).id();
      inSession.addFirst(id);
      all.addFirst(id);
      all.addFirst(upload(user, Multipart.file("a.txt", "x")).expect(201).id());
    }

    assertThat(idsOf(user, FILES + "?limit=2")).isEqualTo(all);
    assertThat(idsOf(user, FILES + "?limit=2&session_id=" + session)).isEqualTo(inSession);
    assertThat(idsOf(users().admin(), FILES + "?limit=2&user_id=" + user.id())).isEqualTo(all);
    TestUser other = users().user();
    assertThat(idsOf(other, FILES + "?limit=2&session_id=" + session)).isEmpty();
    String cursor = as(user).get(FILES + "?limit=1").at("/next_cursor").asString();
    as(user)
        .get(FILES + "?session_id=" + session + "&cursor=" + cursor)
        .expectProblem(400, "invalid_cursor");
    as(user).get(FILES + "?limit=-1").expectProblem(400, "invalid_parameter", "limit");
  }

  @Test
  void repeatWithAnotherBoundaryIsTheSameUpload() {
    Answer first =
        upload(user, Multipart.file("가.txt", "once"), "Idempotency-Key", "k1").expect(201);
    long stored = storedFiles();

    Answer second =
        upload(user, Multipart.file("가.txt", "once"), "Idempotency-Key", "k1").expect(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    awaitStoredFiles(stored);
    assertThat(idsOf(user, FILES + "?limit=200")).containsExactly(first.id());
    upload(user, Multipart.file("가.txt", "other"), "Idempotency-Key", "k1")
        .expectProblem(422, "idempotency_key_reused");
    upload(user, Multipart.file("b.txt", "once"), "Idempotency-Key", "k1")
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void failedUploadDoesNotUseUpItsIdempotencyKey() {
    var refused = Multipart.file("a.txt", "x").field("session_id", 999_999_999);
    long stored = storedFiles();

    upload(user, refused, "Idempotency-Key", "k2")
        .expectProblem(422, "reference_not_found", "session_id");

    awaitStoredFiles(stored);
    upload(user, Multipart.file("a.txt", "x"), "Idempotency-Key", "k2").expect(201);
  }

  @Test
  void uploadToASessionThatIsNotALiveOneOfTheCallerStoresNothing() {
    long foreign = sessionOf(users().user());
    long deleted = sessionOf(user);
    as(user).delete(SESSIONS + "/" + deleted).expect(204);
    long stored = storedFiles();

    for (long session : new long[] {foreign, deleted, 999_999_999, -1}) {
      upload(user, Multipart.file("a.txt", "x").field("session_id", session))
          .expectProblem(422, "reference_not_found", "session_id");
    }

    awaitStoredFiles(stored);
    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
  }

  @Test
  void uploadByADeletedUserWhoseKeyIsStillRememberedStoresNothing() {
    as(user).get(FILES).expect(200);
    users().delete(user);
    long stored = storedFiles();

    upload(user, Multipart.file("a.txt", "x")).expectProblem(422, "reference_not_found", "user_id");

    awaitStoredFiles(stored);
  }

  @Test
  void deletedFileIsGoneUntilRestored() {
    long id = upload(user, Multipart.file("a.txt", "back")).expect(201).id();
    String path = FILES + "/" + id;

    as(user).delete(path, "If-Match", "\"7\"").expectProblem(412, "precondition_failed");
    as(user).delete(path, "If-Match", "\"0\"").expect(204);

    as(user).get(path).expectProblem(404, "not_found");
    as(user).get(path + "/content").expectProblem(404, "not_found");
    as(user).delete(path).expectProblem(404, "not_found");
    TestUser admin = users().admin();
    assertThat(as(admin).get(path).expect(200).at("/deleted_at").isNull()).isFalse();
    as(admin).get(path + "/content").expectProblem(404, "not_found");
    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
    assertThat(idsOf(user, FILES + "?limit=200&deleted=true")).containsExactly(id);
    Answer restored = as(user).post(path + "/restore", "").expect(200);
    assertThat(restored.header("ETag")).isEqualTo("\"2\"");
    assertThat(as(user).get(path + "/content").expect(200).text()).isEqualTo("back");
  }

  @Test
  void restoreWithoutTheSessionNamesTheField() {
    long session = sessionOf(user);
    var form = Multipart.file("a.txt", "x").field("session_id", session);
    String path = FILES + "/" + upload(user, form).expect(201).id();
    as(user).delete(path).expect(204);
    as(user).delete(SESSIONS + "/" + session).expect(204);

    as(user).post(path + "/restore", "").expectProblem(422, "reference_not_found", "session_id");
    as(user).post(SESSIONS + "/" + session + "/restore", "").expect(200);

    as(user).post(path + "/restore", "").expect(200);
  }

  @Test
  void restoreAfterThirtyDaysIsRefused() {
    long id = upload(user, Multipart.file("a.txt", "x")).expect(201).id();
    as(user).delete(FILES + "/" + id).expect(204);
    number(
        """
        UPDATE chat.file_uploads SET deleted_at = now() - interval '31 days'
        WHERE id = ? RETURNING id
        """,
        id);

    as(user).post(FILES + "/" + id + "/restore", "").expectProblem(409, "conflict");
  }

  @Test
  void rowWhoseFileIsNotThereAnswers503() {
    Answer uploaded = upload(user, Multipart.file("a.txt", "x")).expect(201);
    number(
        "UPDATE chat.file_uploads SET storage_key = md5(id::text) WHERE id = ? RETURNING id",
        uploaded.id());

    Answer answer = content(user, uploaded).expectProblem(503, "unavailable");

    assertThat(answer.header("Retry-After")).isNotNull();
    number("DELETE FROM chat.file_uploads WHERE id = ? RETURNING id", uploaded.id());
  }

  private Answer content(TestUser reader, Answer uploaded) {
    return as(reader).get(FILES + "/" + uploaded.id() + "/content");
  }
}
