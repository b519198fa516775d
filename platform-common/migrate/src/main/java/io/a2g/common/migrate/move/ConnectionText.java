package io.a2g.common.migrate.move;

import io.a2g.common.database.DatabaseUrl;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database as servers read it that connect to it themselves: libpq's keywords and values. */
final class ConnectionText {

  private static final Pattern SSL_MODE = Pattern.compile("[?&]sslmode=([a-z-]+)");

  private ConnectionText() {}

  /** It is a secret. */
  static String of(DatabaseUrl url) {
    var text = new StringJoiner(" ");
    text.add("host=" + quoted(ofHosts(url, host -> host.substring(0, host.lastIndexOf(':')))));
    text.add("port=" + quoted(ofHosts(url, host -> host.substring(host.lastIndexOf(':') + 1))));
    text.add("dbname=" + quoted(url.database()));
    if (url.user() != null) {
      text.add("user=" + quoted(url.user()));
    }
    if (url.password() != null) {
      text.add("password=" + quoted(url.password()));
    }
    Matcher sslMode = SSL_MODE.matcher(url.jdbcUrl());
    if (sslMode.find()) {
      text.add("sslmode=" + sslMode.group(1));
    }
    return text.toString();
  }

  private static String ofHosts(DatabaseUrl url, UnaryOperator<String> part) {
    var list = new StringJoiner(",");
    Arrays.stream(url.hosts().split(",")).map(part).forEach(list::add);
    return list.toString().replaceAll("[\\[\\]]", "");
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
