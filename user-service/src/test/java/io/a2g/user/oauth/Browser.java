package io.a2g.user.oauth;

import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser that keeps cookies and follows no redirect by itself. */
final class Browser {

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final URI base;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .cookieHandler(cookies)
          .build();

  Browser(URI base) {
    this.base = base;
  }

  Answer get(String path, String... headers) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).GET(), headers);
  }

  Answer post(String path, Map<String, String> form, String... headers) {
    return exchange(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form))),
        headers);
  }

  CookieManager cookies() {
    return cookies;
  }

  /** Opens the sign-in page that goes on there and pastes a key. */
  Answer signIn(String page, String key) {
    Map<String, String> form = hidden(get(page).expect(200));
    form.put("api_key", key);
    return post("/sign-in", form);
  }

  /** The hidden fields of the first form. */
  static Map<String, String> hidden(Answer page) {
    Map<String, String> fields = new LinkedHashMap<>();
    String form = page.text().replaceFirst("(?s)</form>.*", "");
    Matcher matcher = HIDDEN.matcher(form);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2).replace("&amp;", "&"));
    }
    return fields;
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer exchange(HttpRequest.Builder request, String... headers) {
    request.timeout(Duration.ofSeconds(60));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
