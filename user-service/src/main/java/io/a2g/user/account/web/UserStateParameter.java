package io.a2g.user.account.web;

import io.a2g.user.account.UserFilter;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads the {@code state} parameter, which is written in lower case. */
@Component
class UserStateParameter implements Converter<String, UserFilter.State> {

  @Override
  public UserFilter.State convert(String text) {
    return UserFilter.State.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
