package io.a2g.user.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

import io.a2g.user.account.User;
import io.a2g.user.account.UserProvisioning;
import io.a2g.user.apikey.ApiKeyService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class FirstAdministratorTests {

  private final UserProvisioning users = mock(UserProvisioning.class);

  @Test
  void replicaThatMakesTheAdministratorSaysWhereTheKeyIs(
      @TempDir Path folder, CapturedOutput output) throws Exception {
    given(users.hasAdministrator()).willReturn(false);
    given(users.add(any(), any(), any(), any())).willReturn(mock(User.class));

    start(folder.resolve("key"));

    assertThat(output).contains("API key is in " + folder.resolve("key"));
  }

  @Test
  void replicaThatIsSecondDoesNotOfferAKeyThatWasNotStored(
      @TempDir Path folder, CapturedOutput output) throws Exception {
    given(users.hasAdministrator()).willReturn(false, true);

    start(folder.resolve("key"));

    assertThat(output).contains("Another replica made").doesNotContain("API key is in");
  }

  private void start(Path file) throws Exception {
    new FirstAdministrator(
            new BootstrapProperties(file.toString()),
            users,
            mock(ApiKeyService.class),
            mock(JdbcClient.class, RETURNS_DEEP_STUBS),
            new TransactionTemplate(mock(PlatformTransactionManager.class)))
        .make();
  }
}
