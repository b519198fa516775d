package io.a2g.user.scim.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.ForwardedHeaderFilter;

class ScimResourcesTests {

  @Test
  void locationsAreThoseOfTheProxy() throws ServletException, IOException {
    var request = new MockHttpServletRequest("GET", "/scim/v2/Users");
    request.addHeader("X-Forwarded-Proto", "https");
    request.addHeader("X-Forwarded-Host", "platform.example.com");
    request.addHeader("X-Forwarded-Prefix", "/users");
    AtomicReference<String> location = new AtomicReference<>();

    new ForwardedHeaderFilter()
        .doFilter(
            request,
            new MockHttpServletResponse(),
            (forwarded, response) -> {
              RequestContextHolder.setRequestAttributes(
                  new ServletWebRequest((jakarta.servlet.http.HttpServletRequest) forwarded));
              location.set(ScimResources.location("Groups", "인공 지능").toString());
              RequestContextHolder.resetRequestAttributes();
            });

    assertThat(location.get())
        .isEqualTo(
            "https://platform.example.com/users/scim/v2/Groups/"
                + "%EC%9D%B8%EA%B3%B5%20%EC%A7%80%EB%8A%A5");
  }
}
