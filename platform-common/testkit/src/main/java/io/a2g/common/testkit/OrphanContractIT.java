package io.a2g.common.testkit;

import static io.a2g.common.testkit.http.Api.object;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.Reference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What every service with references answers about orphans. Other tests may have left some in the
 * shared database, so each looks for the one it made.
 */
@TestPropertySource(properties = "platform.references.confirm-after=PT1S")
public abstract class OrphanContractIT extends PlatformIT {

  private static final String ORPHANS = "/api/v1/orphans";

  /** Above every id that a sequence gives. */
  protected static final long NOBODY = 999_999_999;

  @Autowired private DeclaredReferences declared;

  private final String reference;

  /** For one of the service's references. */
  protected OrphanContractIT(String reference) {
    this.reference = reference;
  }

  /** A new row whose reference leads to {@link #NOBODY}; its id. */
  protected abstract long plant() throws SQLException;

  @Test
  void orphanIsConfirmedReportedMeasuredAndRepaired() throws SQLException {
    TestUser administrator = users().admin();
    Api admin = as(administrator);
    long row = plant();

    JsonNode audit = audit(admin);
    assertThat(audit.path("not_audited").isNull()).as(audit.toString()).isTrue();
    assertThat(audit.path("findings").asLong()).isPositive();
    assertThat(audit.path("rows").asLong()).isPositive();
    awaitConfirmed(admin, row);

    JsonNode finding = find(list(admin, true), row);
    assertThat(finding.path("kind").asString()).isEqualTo("dangling");
    assertThat(finding.path("target_id").asString()).isEqualTo(Long.toString(NOBODY));
    assertThat(finding.path("confirmed_at").asString()).isNotBlank();
    await().atMost(10, SECONDS).untilAsserted(() -> assertGaugeFitsTheList(admin));

    Answer said = admin.post(ORPHANS + "/repair", object("reference", reference)).expect(200);
    assertThat(said.at("/dry_run").asBoolean()).isTrue();
    assertThat(said.at("/repaired").asLong()).isPositive();
    assertThat(said.at("/rows"))
        .anyMatch(one ->
            one.path("row_id").asLong() == row && one.path("kind").asString().equals("dangling"));
    assertThat(isRepaired(row)).isFalse();

    Answer done =
        admin
            .post(ORPHANS + "/repair", object("dry_run", false, "reference", reference))
            .expect(200);
    assertThat(done.at("/dry_run").asBoolean()).isFalse();
    assertThat(isRepaired(row)).isTrue();
    assertThat(find(list(admin, true), row).isMissingNode()).isTrue();
    assertThat(find(list(admin, false), row).path("resolution").asString())
        .isIn("soft_deleted", "set_null");
    assertGaugeFitsTheList(admin);

    Answer events = admin.get("/api/v1/audit-events?action=orphan.repaired&limit=200").expect(200);
    assertThat(events.at("/items"))
        .anyMatch(event ->
            event.path("after").path("row_id").asLong() == row
                && event.path("actor_id").asLong() == administrator.id());
  }

  @Test
  void orphanThatAppearsWhileAnotherOneWaitsForItsSecondPassIsConfirmedToo()
      throws SQLException, InterruptedException {
    Api admin = as(users().admin());
    long first = plant();
    audit(admin);
    // The pass that the first audit asked for comes too early for this one.
    Thread.sleep(600);
    long second = plant();
    audit(admin);

    awaitConfirmed(admin, first);
    awaitConfirmed(admin, second);
    repair(admin);
  }

  @Test
  void onlyAdministratorsSeeAuditAndRepair() throws SQLException {
    long row = plant();
    Api admin = as(users().admin());
    audit(admin);
    awaitConfirmed(admin, row);

    for (Role role : new Role[] {Role.PENDING, Role.USER}) {
      Api other = as(users().make(role, null));
      other.get(ORPHANS).expectProblem(403, "forbidden");
      other.post(ORPHANS + "/audit", "{}").expectProblem(403, "forbidden");
      other.post(ORPHANS + "/repair", "{\"dry_run\": false}").expectProblem(403, "forbidden");
    }
    anonymous().get(ORPHANS).expectProblem(401, "unauthenticated");
    assertThat(isRepaired(row)).isFalse();
    repair(admin);
  }

  @Test
  void badInputIsNamed() {
    Api admin = as(users().admin());

    admin.get(ORPHANS + "?reference=no.such").expectProblem(400, "invalid_parameter", "reference");
    admin.get(ORPHANS + "?confirmed=maybe").expectProblem(400, "invalid_parameter", "confirmed");
    admin.get(ORPHANS + "?cursor=abc").expectProblem(400, "invalid_cursor");
    admin
        .post(ORPHANS + "/repair", object("reference", "no.such"))
        .expectProblem(422, "validation_failed", "reference");
    admin.post(ORPHANS + "/repair", "{\"dry_run\": \"no\"}").expectProblem(400, "invalid_body");
    admin.post(ORPHANS + "/repair", "{\"dryrun\": false}").expectProblem(400, "invalid_body");
  }

  @Test
  void listIsPaged() throws SQLException {
    Api admin = as(users().admin());
    List<Long> rows = List.of(plant(), plant(), plant());
    audit(admin);
    for (long row : rows) {
      awaitConfirmed(admin, row);
    }

    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = admin.get(ORPHANS + "?limit=2&reference=" + reference + cursor).expect(200);
      page.at("/items").forEach(item -> seen.add(item.path("row_id").asLong()));
      JsonNode next = page.at("/next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());

    assertThat(seen).doesNotHaveDuplicates().containsAll(rows);
    repair(admin);
  }

  @Test
  void referenceWhoseTargetIsSilentIsReportedAsNotAudited() throws SQLException {
    Api admin = as(users().admin());
    plant();
    String function = declared().target().statesFunction();
    execute("ALTER FUNCTION %s(bigint[]) RENAME TO away".formatted(function));
    try {
      JsonNode audit = audit(admin);
      assertThat(audit.path("not_audited").asString()).contains(function + " is not there");
      assertThat(audit.path("clean").asBoolean(true)).isFalse();
    } finally {
      execute(
          "ALTER FUNCTION %s.away(bigint[]) RENAME TO %s"
              .formatted(
                  declared().target().owner().schemaName(),
                  function.substring(function.indexOf('.') + 1)));
    }
    assertThat(audit(admin).path("not_audited").isNull()).isTrue();
    assertThat(gauge(admin, "reference_audit_age_seconds", "")).isNotNegative();
  }

  @Test
  void secondAuditAtTheSameTimeIsRefused() throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "SELECT pg_advisory_xact_lock(hashtextextended('%s.orphan_audits', 0))"
              .formatted(schema()));

      as(users().admin()).post(ORPHANS + "/audit", "{}").expectProblem(409, "conflict");
    }
  }

  private void awaitConfirmed(Api admin, long row) {
    await().atMost(30, SECONDS).until(() -> !find(list(admin, true), row).isMissingNode());
  }

  private void repair(Api admin) {
    admin.post(ORPHANS + "/repair", object("dry_run", false, "reference", reference)).expect(200);
  }

  private JsonNode audit(Api admin) {
    Answer answer = admin.post(ORPHANS + "/audit", "{}").expect(200);
    for (JsonNode one : answer.at("/references")) {
      if (one.path("reference").asString().equals(reference)) {
        return one;
      }
    }
    throw new AssertionError(answer.text());
  }

  private List<JsonNode> list(Api admin, boolean confirmed) {
    List<JsonNode> items = new ArrayList<>();
    admin
        .get(ORPHANS + "?limit=200&reference=%s&confirmed=%s".formatted(reference, confirmed))
        .expect(200)
        .at("/items")
        .forEach(items::add);
    return items;
  }

  private static JsonNode find(List<JsonNode> items, long row) {
    return items.stream()
        .filter(item -> item.path("row_id").asLong() == row)
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  private void assertGaugeFitsTheList(Api admin) {
    long dangling =
        list(admin, true).stream()
            .filter(item -> item.path("kind").asString().equals("dangling"))
            .count();
    assertThat(gauge(admin, "reference_orphans", "kind=\"dangling\"")).isEqualTo((double) dangling);
    assertThat(gauge(admin, "reference_orphans", "kind=\"type_changed\"")).isZero();
  }

  private double gauge(Api admin, String name, String tag) {
    Matcher line =
        Pattern.compile(
                "(?m)^%s\\{(?=[^}]*%s)(?=[^}]*reference=\"%s\")[^}]*} (\\S+)$"
                    .formatted(name, tag, Pattern.quote(reference)))
            .matcher(admin.get("/actuator/prometheus").expect(200).text());
    assertThat(line.find()).as("%s %s of %s", name, tag, reference).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private boolean isRepaired(long row) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT %s FROM %s.%s WHERE id = %d"
                    .formatted(repaired(), schema(), declared().table(), row))) {
      result.next();
      return result.getBoolean(1);
    }
  }

  private String repaired() {
    String changed =
        switch (declared().onOrphan()) {
          case SOFT_DELETE -> "deleted_at IS NOT NULL";
          case SET_NULL -> "deleted_at IS NULL AND %s IS NULL".formatted(declared().column());
        };
    return changed + " AND version = 1";
  }

  private Reference declared() {
    return declared.all().stream()
        .filter(one -> one.name().equals(reference))
        .findFirst()
        .orElseThrow();
  }

  private String schema() {
    return declared.schema().schemaName();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The id that an INSERT … RETURNING of the superuser answers. */
  protected long insert(String sql) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
