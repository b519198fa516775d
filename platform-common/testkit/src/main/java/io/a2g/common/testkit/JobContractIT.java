package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.job.PlatformJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Each job of the service can be seen to stand still, and operators read what that means. */
public abstract class JobContractIT extends PlatformIT {

  private static final Pattern METER = Pattern.compile("platform_job_\\w+");

  // | `purge` | all | 1 d | what it does | without it | several replicas |
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([a-z, ]+) \\|(?: [^|]+ \\|){4}$");

  @Autowired private List<PlatformJob> jobs;

  @Test
  void operationsListTheJobsOfTheService() throws IOException {
    String own = ServiceUnderTest.name().replace("-service", "");
    List<String> listed = new ArrayList<>();
    Matcher line = LINE.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
    while (line.find()) {
      if (line.group(2).equals("all") || List.of(line.group(2).split(", ")).contains(own)) {
        listed.add(line.group(1));
      }
    }

    assertThat(jobs).extracting(PlatformJob::name).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void alertRuleFindsItsMetersForEachJob() throws IOException {
    String rules = Files.readString(Path.of("..", "deploy", "alerts", "jobs.rules.yml"));
    List<String> meters =
        METER.matcher(rules).results().map(found -> found.group()).distinct().toList();
    assertThat(meters).hasSize(2);
    TestUser admin = users().admin();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          String shown = as(admin).get("/actuator/prometheus").expect(200).text();
          for (PlatformJob job : jobs) {
            for (String meter : meters) {
              assertThat(shown)
                  .contains(
                      "%s{name=\"%s\",service=\"%s\"}"
                          .formatted(meter, job.name(), ServiceUnderTest.name()));
            }
          }
        });
  }
}
