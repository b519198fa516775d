package io.a2g.common.headers;

/**
 * What a browser may load and do with the pages below a path. Declare as a bean for pages that need
 * more than an API answer, which may nothing.
 *
 * @param path prefix of the pages' paths, such as {@code /swagger-ui/}
 * @param policy value of {@code Content-Security-Policy}; forbids framing by itself
 */
public record ContentPolicy(String path, String policy) {

  /** For answers that are data: nothing is loaded, and nobody frames them. */
  public static final String DATA =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Scripts and styles of its own only; the style attributes are what Swagger UI sets. */
  static final ContentPolicy SWAGGER_UI =
      new ContentPolicy(
          "/swagger-ui",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}
