package io.a2g.chat.file.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can be wrong with an upload: a 4xx problem, and neither row nor file. */
class BadUploadIT extends UploadIT {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);
  private static final int LIMIT = 20 * 1024 * 1024;

  private TestUser user;
  private long stored;

  @BeforeEach
  void makeUser() {
    user = users().user();
    stored = storedFiles();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
    awaitStoredFiles(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "..",
        ".",
        "/etc/passwd.txt",
        "../../a.txt",
        "a/b.txt",
        "..\\\\a.txt",
        "C:\\a.txt",
        "a\u202etxt.exe",
        "a\u0085b.txt",
      })
  void nameThatCouldMisleadIs422(String name) {
    upload(user, Multipart.file(name, "hello")).expectProblem(422, "validation_failed", "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename*=UTF-8''a%00b.txt",
        "filename*=UTF-8''a%0Ab.txt",
        "filename*=UTF-8''a%09b.txt",
        "filename*=UTF-8''..%2Fb.txt",
        "filename*=UTF-8''..%5Cb.txt",
        "filename=\"=?UTF-8?B?Li4vYS50eHQ=?=\"",
      })
  void encodedNameIsReadBeforeItIsJudged(String filename) {
    upload(user, new Multipart().part("form-data; name=\"file\"; " + filename, null, HELLO))
        .expectProblem(422, "validation_failed", "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename=\"a\u0000b.txt\"",
        "filename=\"a\r\nb.txt\"",
        "filename*=UTF-8''%ZZ.txt",
        "filename*=nope''a.txt",
      })
  void nameThatCannotBeReadIs400(String filename) {
    upload(user, new Multipart().part("form-data; name=\"file\"; " + filename, null, HELLO))
        .expectProblem(400, "invalid_request");
  }

  @Test
  void overlongNameIs422() {
    upload(user, Multipart.file("x".repeat(252) + ".txt", "hello"))
        .expectProblem(422, "validation_failed", "file");
  }

  @Test
  void emptyFileIs422() {
    upload(user, Multipart.file("a.txt", "")).expectProblem(422, "validation_failed", "file");
  }

  @ParameterizedTest
  @CsvSource({
    "a.exe, , MZ",
    "a.html, text/html, hello",
    "a.svg, image/svg+xml, hello",
    "noextension, text/plain, hello",
    "a.txt, text/plain, <html><script>alert(1)</script>",
    "a.png, image/png, <svg xmlns='http://www.w3.org/2000/svg'/>",
    "a.png, image/png, hello",
    "a.docx, , hello",
    "a.txt, image/png, hello",
    "a.txt, garbage, hello",
  })
  void typeThatIsNotTakenOrDoesNotAgreeIs415(String name, String type, String content) {
    upload(user, Multipart.file(name, type, content.getBytes(UTF_8)))
        .expectProblem(415, "unsupported_media_type", "file");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, LIMIT + 100_000, 3 * LIMIT})
  void fileOverTheLimitIs413(int size) {
    var form = Multipart.file("a.txt", "text/plain", new byte[size]);

    upload(user, form).expectProblem(413, "content_too_large");
    upload(user, form, "Idempotency-Key", "large").expectProblem(413, "content_too_large");
  }

  static Stream<Api.Body> bodiesThatAreNoForm() {
    var form = Multipart.file("a.txt", "hello");
    byte[] whole = form.body().bytes();
    return Stream.of(
        form.cutOff(whole.length - 4),
        form.cutOff(60),
        form.cutOff(0),
        new Api.Body("multipart/form-data", whole),
        new Api.Body("multipart/form-data; boundary=", whole),
        new Api.Body("multipart/form-data; boundary=other", whole),
        new Api.Body("multipart/form-data; boundary=" + "b".repeat(300), whole),
        new Multipart().part("form-data", null, HELLO).body(),
        new Multipart().part("", null, HELLO).body(),
        Multipart.file("a.txt", "hello").field("session_id", "1".repeat(300_000)).body());
  }

  @ParameterizedTest
  @MethodSource("bodiesThatAreNoForm")
  void bodyThatIsNoFormIs400(Api.Body body) {
    as(user).send("POST", FILES, body).expectProblem(400, "invalid_request");
    as(user)
        .send("POST", FILES, body, "Idempotency-Key", "broken")
        .expectProblem(400, "invalid_request");
    as(user).send("POST", SESSIONS, body).expectProblem(400, "invalid_request");
  }

  static Stream<Api.Body> bodiesOfOtherTypes() {
    var form = Multipart.file("a.txt", "hello");
    return Stream.of(
        Api.json("{}"),
        new Api.Body("text/plain", HELLO),
        new Api.Body("application/x-www-form-urlencoded", "file=hello".getBytes(UTF_8)),
        form.as("multipart/mixed"),
        form.as("multipart/related"));
  }

  @ParameterizedTest
  @MethodSource("bodiesOfOtherTypes")
  void bodyOfAnotherTypeIs415(Api.Body body) {
    as(user).send("POST", FILES, body).expectProblem(415, "unsupported_media_type");
    as(user)
        .send("POST", FILES, body, "Idempotency-Key", "other")
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void formWhereJsonBelongsIs415() {
    as(user)
        .send("POST", SESSIONS, Multipart.file("a.txt", "hello").body())
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void formWithoutTheFileOrWithTwoIs400() {
    upload(user, new Multipart()).expectProblem(400, "invalid_body", "file");
    upload(user, new Multipart().field("file", "no name"))
        .expectProblem(400, "invalid_body", "file");
    upload(
            user,
            Multipart.file("a.txt", "a").part("form-data; name=file; filename=b.txt", null, HELLO))
        .expectProblem(400, "invalid_body", "file");
  }

  @Test
  void formWithOtherPartsIs400() {
    upload(user, Multipart.file("a.txt", "a").field("user_id", 1))
        .expectProblem(400, "invalid_body", "user_id");
    upload(user, Multipart.file("a.txt", "a").field("session_id", 1).field("session_id", 2))
        .expectProblem(400, "invalid_body", "session_id");
  }

  @Test
  void formWithTooManyPartsIs400() {
    var form = Multipart.file("a.txt", "a");
    for (int i = 0; i < 1_500; i++) {
      form.field("part" + i, i);
    }

    upload(user, form).expectProblem(400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "+1", "01", "\u0661", "1.5", "1e3", "99999999999999999999", "null"})
  void sessionIdThatIsNoNumberIs400(String value) {
    upload(user, Multipart.file("a.txt", "a").field("session_id", value))
        .expectProblem(400, "invalid_body", "session_id");
  }

  @Test
  void sessionIdInTheQueryIs400() {
    Answer answer =
        as(user).send("POST", FILES + "?session_id=1", Multipart.file("a.txt", "a").body());

    answer.expectProblem(400, "invalid_parameter", "session_id");
  }
}
