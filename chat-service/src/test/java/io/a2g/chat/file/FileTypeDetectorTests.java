package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTypeDetectorTests {

  private static final String PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";
  private static final String ZIP = "PK\u0003\u0004\u0014\0\u0006\0";
  private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";

  private final FileTypeDetector detector = new FileTypeDetector();

  @Test
  void detectTakesEachTypeUnderItsOwnName() throws IOException {
    assertThat(detect("a.txt", "text/plain", "hello")).isEqualTo("text/plain");
    assertThat(detect("a.md", "text/markdown", "# Title")).isEqualTo("text/markdown");
    assertThat(detect("a.csv", "text/csv", "a,b\n1,2")).isEqualTo("text/csv");
    assertThat(detect("a.json", "application/json", "{}")).isEqualTo("application/json");
    assertThat(detect("a.pdf", "application/pdf", "%PDF-1.7\n")).isEqualTo("application/pdf");
    assertThat(detect("a.PNG", "image/png", PNG)).isEqualTo("image/png");
    assertThat(detect("a.jpeg", "image/jpeg", "\u00ff\u00d8\u00ff\u00e0")).isEqualTo("image/jpeg");
    assertThat(detect("a.gif", "image/gif", "GIF89a")).isEqualTo("image/gif");
    assertThat(detect("a.webp", "image/webp", "RIFF\1\1\0\0WEBPVP8 ")).isEqualTo("image/webp");
    assertThat(detect("a.docx", OPEN_XML + "wordprocessingml.document", ZIP))
        .isEqualTo(OPEN_XML + "wordprocessingml.document");
    assertThat(detect("a.xlsx", OPEN_XML + "spreadsheetml.sheet", ZIP))
        .isEqualTo(OPEN_XML + "spreadsheetml.sheet");
    assertThat(detect("a.pptx", OPEN_XML + "presentationml.presentation", ZIP))
        .isEqualTo(OPEN_XML + "presentationml.presentation");
  }

  @ParameterizedTest
  @CsvSource({
    "a.md, application/octet-stream",
    "a.md,",
    "a.md, ''",
    "a.md, text/plain; charset=utf-8",
    "a.md, TEXT/MARKDOWN",
    "a.csv, application/vnd.ms-excel",
    "a.json, text/plain",
  })
  void detectForgivesWhatOrdinaryClientsDeclare(String name, @Nullable String declared)
      throws IOException {
    assertThat(detect(name, declared, "x")).isNotNull();
  }

  @Test
  void detectTakesTextInEveryEncoding() throws IOException {
    assertThat(detect("a.txt", null, "한글".getBytes(Charset.forName("EUC-KR")))).isNotNull();
    assertThat(detect("a.txt", null, "한글".getBytes(UTF_16))).isNotNull();
    assertThat(detect("a.txt", null, "\ufeff한글".getBytes(UTF_8))).isNotNull();
    assertThat(detect("a.txt", null, "From: a@b.c\nTo: d@e.f\n\nhi")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "a.exe", "a.html", "a.svg", "a.txt.exe", "a.zip", "a.docm"})
  void detectRefusesOtherExtensions(String name) {
    assertRefused(name, null, "hello");
  }

  @Test
  void detectRefusesContentThatIsSomethingElse() {
    assertRefused("a.txt", null, PNG);
    assertRefused("a.jpg", null, PNG);
    assertRefused("a.png", null, "hello");
    assertRefused("a.png", null, "\1\2\3\4");
    assertRefused("a.txt", null, "\0\1\2\3");
    assertRefused("a.txt", null, "<html><script>alert(1)</script>");
    assertRefused("a.md", null, "<!DOCTYPE html><p>");
    assertRefused("a.png", null, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assertRefused("a.json", null, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assertRefused("a.txt", null, "\u007fELF\2\1\1");
    assertRefused("a.txt", null, "MZ\u0090\0\3");
    assertRefused("a.docx", null, "hello");
    assertRefused("a.pdf", null, ZIP);
    assertRefused("a.txt", null, ZIP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "image/jpeg", "text/html", "garbage", "image/*", "/"})
  void detectRefusesADeclaredTypeThatContradicts(String declared) {
    assertRefused("a.png", declared, PNG);
  }

  private void assertRefused(String name, @Nullable String declared, String content) {
    assertThatThrownBy(() -> detect(name, declared, content))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE));
  }

  private String detect(String name, @Nullable String declared, String content) throws IOException {
    return detect(name, declared, content.getBytes(ISO_8859_1));
  }

  private String detect(String name, @Nullable String declared, byte[] content) throws IOException {
    return detector.detect(name, declared, new ByteArrayInputStream(content)).mediaType();
  }
}
