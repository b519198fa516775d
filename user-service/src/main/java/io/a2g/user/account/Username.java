package io.a2g.user.account;

/** The form of user names that people choose. */
public final class Username {

  /** As a regular expression. */
  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,63}";

  /** In words. */
  public static final String RULE =
      "must be 1 to 64 lower-case letters, digits, dots, dashes or underscores,"
          + " beginning with a letter or digit";

  private Username() {}
}
