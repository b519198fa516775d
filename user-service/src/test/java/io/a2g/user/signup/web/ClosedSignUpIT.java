package io.a2g.user.signup.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where only invited people may come. */
@TestPropertySource(properties = "A2G_SIGN_UP_OPEN=false")
class ClosedSignUpIT extends PlatformIT {

  @Test
  void signUpNeedsAnInvitation() {
    String name = "invited-" + System.nanoTime();
    anonymous().post("/api/v1/sign-ups", object("username", name)).expectProblem(403, "forbidden");
    String code =
        as(users().admin())
            .post("/api/v1/invitations", object("username", name))
            .expect(201)
            .at("/code")
            .asString();

    var signedUp =
        anonymous()
            .post("/api/v1/sign-ups", object("username", name, "invitation_code", code))
            .expect(201);

    assertThat(signedUp.at("/role").asString()).isEqualTo("USER");
  }
}
