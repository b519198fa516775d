package io.a2g.common.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database as operators write it: {@code
 * postgresql://user:pw@host:port/db?sslmode=require}, {@code postgres://…} or {@code
 * jdbc:postgresql://…}.
 *
 * <p>User and password are taken out of the URL (from the part before {@code @} or from the {@code
 * user} and {@code password} parameters), so that {@link #jdbcUrl()} can be logged by a driver or a
 * pool. No message and no {@link #toString()} of this class contains the password, nor any piece of
 * a URL it could not read.
 *
 * @param jdbcUrl the URL for the driver, every port spelled out, without user and password
 * @param user the user, decoded; null when the URL names none
 * @param password the password, decoded; null when the URL has none or an empty one
 */
public record DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {

  private static final String JDBC = "jdbc:postgresql://";
  private static final String DEFAULT_PORT = "5432";

  private static final Pattern HOST =
      Pattern.compile(
          "(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?])(:(?<port>[0-9]{1,5}))?");

  // An @ elsewhere is the sign of a password that was not percent-encoded and is being misread.
  private static final Pattern PARAMETER =
      Pattern.compile("(user|password)=.*|[A-Za-z][A-Za-z0-9_.]*=[^@]*");

  private static final String SHAPE =
      "Expected postgresql://user:password@host:port/database or jdbc:postgresql://host:port/database.";

  private static final String RESERVED =
      " If the user name or the password contains one of / ? # @ : %, write that character percent-encoded"
          + " (/ as %2F, ? as %3F, # as %23, @ as %40, : as %3A, % as %25).";

  /**
   * Reads either form.
   *
   * @param url the text; surrounding white space is ignored, because values from files end with a
   *     newline
   * @throws IllegalArgumentException when it is not such a URL; the message says what is wrong and
   *     repeats none of it
   */
  public static DatabaseUrl parse(String url) {
    String text = url.strip();
    boolean jdbc = startsWithIgnoringCase(text, "jdbc:");
    String rest = withoutScheme(jdbc ? text.substring("jdbc:".length()) : text);
    if (rest.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw unreadable(
          "it contains a blank or a control character; write it percent-encoded (a blank as %20)");
    }
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String location = question < 0 ? rest : rest.substring(0, question);
    int slash = location.indexOf('/');
    if (slash < 0 || slash == location.length() - 1) {
      throw unreadable("it names no database; end it with /database." + RESERVED);
    }
    return assemble(location.substring(0, slash), location.substring(slash + 1), query, jdbc);
  }

  private static DatabaseUrl assemble(String authority, String path, String query, boolean jdbc) {
    // The last @, so that a user name such as name@tenant works unencoded.
    int at = authority.lastIndexOf('@');
    String hosts = hosts(authority.substring(at + 1));
    if (path.contains("/") || path.contains("@")) {
      throw unreadable("the database name contains / or @." + RESERVED);
    }
    String user = null;
    String password = null;
    if (at >= 0) {
      String[] credentials = authority.substring(0, at).split(":", 2);
      user = emptyToNull(decode(credentials[0]));
      password = credentials.length == 2 ? emptyToNull(decode(credentials[1])) : null;
    }
    var parameters = new ArrayList<String>();
    for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      if (!PARAMETER.matcher(parameter).matches()) {
        throw unreadable("a parameter after ? is not name=value." + RESERVED);
      }
      String name = parameter.substring(0, parameter.indexOf('='));
      String value = parameter.substring(name.length() + 1);
      switch (name) {
        case "user" -> user = emptyToNull(decode(value));
        case "password" -> password = emptyToNull(decode(value));
        default -> parameters.add(jdbc ? parameter : driverSpelling(name, value));
      }
    }
    return new DatabaseUrl(
        jdbcUrl(hosts, decode(path), String.join("&", parameters)), user, password);
  }

  /**
   * Opens a direct connection with auto-commit on.
   *
   * @param settings of the driver, such as time-outs
   */
  public Connection connect(Map<String, String> settings) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings);
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** The servers: one or more {@code host:port}, separated by commas; IPv6 in brackets. */
  public String hosts() {
    return location().substring(0, location().indexOf('/'));
  }

  /** The servers' names alone, IPv6 without brackets, separated by commas. */
  public String hostNames() {
    return ofHosts(host -> host.substring(0, host.lastIndexOf(':')).replaceAll("[\\[\\]]", ""));
  }

  /** The servers' ports alone, separated by commas. */
  public String ports() {
    return ofHosts(host -> host.substring(host.lastIndexOf(':') + 1));
  }

  private String ofHosts(UnaryOperator<String> part) {
    return Arrays.stream(hosts().split(",", -1)).map(part).collect(Collectors.joining(","));
  }

  /** The name of the database, decoded. */
  public String database() {
    return decode(location().substring(location().indexOf('/') + 1));
  }

  /** The same server and parameters, another database. */
  public DatabaseUrl withDatabase(String name) {
    return new DatabaseUrl(jdbcUrl(hosts(), name, parameters()), user, password);
  }

  /** The same database, other credentials. */
  public DatabaseUrl withCredentials(@Nullable String newUser, @Nullable String newPassword) {
    return new DatabaseUrl(jdbcUrl, newUser, newPassword);
  }

  /** The {@code postgresql://} form with user and password, percent-encoded; it is a secret. */
  public String uri() {
    String rest = jdbcUrl.substring(JDBC.length());
    if (user == null) {
      return "postgresql://" + rest;
    }
    return "postgresql://"
        + encode(user)
        + (password == null ? "" : ":" + encode(password))
        + "@"
        + rest;
  }

  /** Host, port and database, fit for logs: neither credentials nor parameters. */
  public String display() {
    return location();
  }

  /** Fit for logs: see {@link #display()}. */
  @Override
  public String toString() {
    return "DatabaseUrl[" + display() + "]";
  }

  private String location() {
    return jdbcUrl.substring(JDBC.length()).split("\\?", 2)[0];
  }

  /** The driver's parameters as they stand behind {@code ?}; empty when there are none. */
  public String parameters() {
    int question = jdbcUrl.indexOf('?');
    return question < 0 ? "" : jdbcUrl.substring(question + 1);
  }

  private static String jdbcUrl(String hosts, String database, String parameters) {
    return JDBC + hosts + "/" + encode(database) + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  private static String withoutScheme(String text) {
    for (String scheme : List.of("postgresql://", "postgres://")) {
      if (startsWithIgnoringCase(text, scheme)) {
        return text.substring(scheme.length());
      }
    }
    throw unreadable("it starts neither with postgresql:// nor with jdbc:postgresql://");
  }

  private static String hosts(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(DatabaseUrl::host)
        .collect(Collectors.joining(","));
  }

  private static String host(String text) {
    var matcher = HOST.matcher(text);
    if (!matcher.matches()) {
      throw unreadable(
          "host and port are not readable (IPv6 addresses stand in brackets)." + RESERVED);
    }
    String port = matcher.group("port") == null ? DEFAULT_PORT : matcher.group("port");
    if (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
      throw unreadable("the port is not between 1 and 65535." + RESERVED);
    }
    return matcher.group("name") + ":" + port;
  }

  /**
   * libpq, and so psql and most platforms, spell a few parameters in another way than the JDBC
   * driver does.
   */
  private static String driverSpelling(String name, String value) {
    return switch (name) {
      case "connect_timeout" -> "connectTimeout=" + value;
      case "application_name" -> "ApplicationName=" + value;
      case "keepalives" -> "tcpKeepAlive=" + !value.equals("0");
      case "target_session_attrs" -> "targetServerType=" + serverType(value);
      default -> name + "=" + value;
    };
  }

  private static String serverType(String sessionAttributes) {
    return switch (sessionAttributes) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> "any";
    };
  }

  private static String decode(String text) {
    String decoded;
    try {
      // A plus is a plus here; URLDecoder, made for forms, would turn it into a blank.
      decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unreadable("a % is not followed by two hexadecimal digits." + RESERVED);
    }
    if (decoded.indexOf('\uFFFD') >= 0 || decoded.indexOf('\0') >= 0) {
      throw unreadable("a percent-encoded sequence is not UTF-8 text");
    }
    return decoded;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static boolean startsWithIgnoringCase(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static IllegalArgumentException unreadable(String reason) {
    return new IllegalArgumentException(
        "The database URL is not readable: "
            + reason
            + (reason.endsWith(".") ? " " : ". ")
            + SHAPE);
  }
}
