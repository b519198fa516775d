package io.a2g.user.oauth.signin;

import jakarta.servlet.http.HttpServletRequest;

/** The page for people whose browser brought a request that no client may be told about. */
@FunctionalInterface
public interface RefusalPage {

  /**
   * The page as HTML, in the language of the browser.
   *
   * @param error code of the OAuth error
   * @param parameter what is wrong in the request; escaped on the page
   */
  String html(HttpServletRequest request, String error, String parameter);
}
