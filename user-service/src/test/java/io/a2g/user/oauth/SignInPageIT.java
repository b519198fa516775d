package io.a2g.user.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.net.HttpCookie;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The page that people sign in on, and what strangers try with it. */
@ExtendWith(OutputCaptureExtension.class)
class SignInPageIT extends PlatformIT {

  private TestUser user;
  private Browser browser;

  @BeforeEach
  void open() {
    user = users().user();
    browser = new Browser(anonymous().base());
  }

  @Test
  void pageIsKoreanOrEnglish() {
    assertThat(browser.get("/sign-in", "Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8").text())
        .contains("lang=\"ko\"", "로그인");
    assertThat(browser.get("/sign-in", "Accept-Language", "en-US,en").text())
        .contains("lang=\"en\"", "Sign in");
    assertThat(browser.get("/sign-in").text()).contains("lang=\"en\"");
  }

  @Test
  void pageAllowsNoScriptAndNoFrame() {
    Answer page = browser.get("/sign-in").expect(200);

    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.text()).doesNotContain("<script", "style=", "onclick");
    assertThat(browser.get("/sign-in/style.css").expect(200).header("Content-Type"))
        .startsWith("text/css");
  }

  @Test
  void sessionCookieIsForHttpAlone() {
    Answer signedIn = browser.signIn("/sign-in", user.key()).expect(303);

    List<String> cookies = signedIn.response().headers().allValues("Set-Cookie");
    assertThat(cookies)
        .anyMatch(cookie ->
            cookie.startsWith("a2g_session=")
                && cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Lax"));
    assertThat(browser.get("/sign-in").expect(200).text()).contains(user.username());
  }

  @Test
  void missingOrForeignCsrfTokenIsRefused() {
    Map<String, String> form = Browser.hidden(browser.get("/sign-in"));
    form.put("api_key", user.key());

    Browser other = new Browser(anonymous().base());
    other.get("/sign-in");
    other.post("/sign-in", form).expectProblem(403, "forbidden");
    other.post("/sign-in", Map.of("api_key", user.key())).expectProblem(403, "forbidden");
    other.post("/sign-in/sign-out", Map.of()).expectProblem(403, "forbidden");
    browser.post("/sign-in", form).expect(303);
  }

  @Test
  void eachSignInIsANewSession() {
    browser.signIn("/sign-in", user.key());
    String first = session(browser);
    Map<String, String> out = Browser.hidden(browser.get("/sign-in"));
    HttpCookie planted = new HttpCookie("a2g_session", "planted-by-somebody-else");
    planted.setPath("/");
    planted.setDomain("127.0.0.1");
    planted.setVersion(0);
    browser.post("/sign-in/sign-out", out).expect(303);
    browser.cookies().getCookieStore().add(anonymous().base(), planted);

    browser.signIn("/sign-in", user.key()).expect(303);

    assertThat(session(browser)).isNotEqualTo(first).isNotEqualTo("planted-by-somebody-else");
  }

  @Test
  void signedOutSessionIsOver() {
    browser.signIn("/sign-in", user.key());
    HttpCookie cookie = new HttpCookie("a2g_session", session(browser));
    cookie.setPath("/");
    cookie.setDomain("127.0.0.1");
    cookie.setVersion(0);
    browser.post("/sign-in/sign-out", Browser.hidden(browser.get("/sign-in"))).expect(303);

    Browser thief = new Browser(anonymous().base());
    thief.cookies().getCookieStore().add(anonymous().base(), cookie);

    assertThat(thief.get("/sign-in").text()).doesNotContain(user.username());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/oauth2/authorize?x",
        "/\\evil.example/",
        "/oauth2/authorize/../../evil?x",
        "javascript:alert(1)",
        "/api/v1/users/me"
      })
  void browserIsNeverSentElsewhere(String location) {
    Map<String, String> form = Browser.hidden(browser.get("/sign-in"));
    form.put("api_key", user.key());
    form.put("continue", location);

    assertThat(browser.post("/sign-in", form).expect(303).header("Location")).isEqualTo("/sign-in");
  }

  @Test
  void whatStandsInTheAddressIsEscaped() {
    String page =
        browser
            .get("/sign-in?continue=/oauth2/authorize?x%3D%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
            .text();

    assertThat(page).doesNotContain("<script>");
  }

  @Test
  void keyThatIsLimitedToScopesDoesNotSignIn() {
    String limited =
        as(user)
            .post("/api/v1/api-keys", Map.of("name", "narrow", "scopes", List.of("users:read")))
            .expect(201)
            .at("/key")
            .asString();

    browser.signIn("/sign-in", limited).expect(401);
  }

  @Test
  void logLinesCannotBeForged(CapturedOutput output) {
    browser.signIn("/sign-in", "a2g_x\r\n2026-01-01 ERROR forged-by-key").expect(401);
    browser.get(
        "/oauth2/authorize?response_type=code&client_id=x%0D%0AERROR+forged-by-client&state=%0Aforged");
    anonymous()
        .send(
            "POST",
            "/oauth2/token",
            new io.a2g.common.testkit.http.Api.Body(
                "application/x-www-form-urlencoded",
                "grant_type=refresh_token&client_id=a%0D%0Aforged-by-refresh&refresh_token=x%0Aforged"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));

    assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("ERROR forged"));
    assertThat(output.getAll()).doesNotContain("\nforged", "\r\nforged", "forged-by-key");
  }

  private static String session(Browser browser) {
    return browser.cookies().getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("a2g_session"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElseThrow();
  }
}
