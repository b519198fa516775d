package io.a2g.chat.file.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A service with settings of its own: small limits, and a store that tells when it is used. */
class StorageIT extends UploadIT {

  private static final int LIMIT = 10 * 1024;

  /** Of each use of the store: its method, and whether a transaction was open. */
  private static final Queue<String> USES = new ConcurrentLinkedQueue<>();

  private TestUser user;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("FILE_MAX_SIZE", () -> "10KB");
    registry.add("FILE_USER_QUOTA", () -> "25KB");
  }

  @TestConfiguration
  static class Watch {

    @Bean
    static BeanPostProcessor watchedStore() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return name.equals("fileStore") ? watched(bean) : bean;
        }
      };
    }

    private static Object watched(Object store) {
      return Proxy.newProxyInstance(
          store.getClass().getClassLoader(),
          store.getClass().getInterfaces(),
          (proxy, method, arguments) -> {
            USES.add(
                method.getName() + TransactionSynchronizationManager.isActualTransactionActive());
            try {
              method.setAccessible(true); // of an interface that only its package sees
              return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    }
  }

  @BeforeEach
  void makeUser() {
    user = users().user();
  }

  @Test
  void folderThatCannotBeWrittenIs507AndStoresNothing() throws IOException {
    Path drafts = STORE.resolve("drafts");
    Path away = Files.move(drafts, STORE.resolve("drafts-away"));
    Files.writeString(drafts, "in the way");
    var form = Multipart.file("a.txt", "x".repeat(LIMIT));

    upload(user, form).expectProblem(507, "insufficient_storage");
    upload(user, form, "Idempotency-Key", "full").expectProblem(507, "insufficient_storage");
    Files.delete(drafts);
    Files.move(away, drafts);

    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
    upload(user, form, "Idempotency-Key", "full").expect(201);
  }

  @Test
  void limitFollowsItsOneVariable() {
    upload(user, Multipart.file("a.txt", "x".repeat(LIMIT + 1)))
        .expectProblem(413, "content_too_large");
    upload(user, Multipart.file("a.txt", "x".repeat(100 * 1024)))
        .expectProblem(413, "content_too_large");
    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
  }

  @Test
  void uploadOverTheQuotaOfItsUserIs413AndStoresNothing() {
    var form = Multipart.file("a.txt", "x".repeat(LIMIT));
    upload(user, form).expect(201);
    long second = upload(user, form).expect(201).id();
    long stored = storedFiles();

    upload(user, form).expectProblem(413, "storage_quota_exceeded");
    upload(user, form, "Idempotency-Key", "quota").expectProblem(413, "storage_quota_exceeded");

    awaitStoredFiles(stored);
    assertThat(idsOf(user, FILES + "?limit=200")).hasSize(2);
    upload(user, Multipart.file("a.txt", "x".repeat(5 * 1024))).expect(201);
    upload(users().user(), form).expect(201);
    // A deleted file can be restored, so it counts until it is gone for good.
    as(user).delete(FILES + "/" + second).expect(204);
    upload(user, form, "Idempotency-Key", "quota").expectProblem(413, "storage_quota_exceeded");
    number("DELETE FROM chat.file_uploads WHERE id = ? RETURNING id", second);
    upload(user, form, "Idempotency-Key", "quota").expect(201);
  }

  @Test
  void uploadsAtTheSameMomentDoNotPassTheQuotaTogether() throws Exception {
    Callable<Integer> upload =
        () -> upload(user, Multipart.file("a.txt", "x".repeat(LIMIT))).status();

    List<Integer> statuses;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      statuses =
          threads.invokeAll(Stream.generate(() -> upload).limit(6).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(statuses).containsOnly(201, 413).filteredOn(status -> status == 201).hasSize(2);
    assertThat(idsOf(user, FILES + "?limit=200")).hasSize(2);
  }

  @Test
  void uploadOverTheQuotaOfAllIs507AndStoresNothing() {
    long stored = storedFiles();
    long others = 100L << 30;
    number("UPDATE chat.file_storage SET bytes = bytes + ? RETURNING bytes", others);

    upload(user, Multipart.file("a.txt", "x")).expectProblem(507, "insufficient_storage");

    number("UPDATE chat.file_storage SET bytes = bytes - ? RETURNING bytes", others);
    awaitStoredFiles(stored);
    upload(user, Multipart.file("a.txt", "x")).expect(201);
  }

  @Test
  void noTransactionAndSoNoConnectionIsHeldWhileBytesMove() {
    USES.clear();
    var form = Multipart.file("a.txt", "x");

    Answer uploaded = upload(user, form, "Idempotency-Key", "bytes").expect(201);
    upload(user, form, "Idempotency-Key", "bytes").expect(201);
    as(user).get(FILES + "/" + uploaded.id() + "/content").expect(200);

    assertThat(USES).containsExactly("storefalse", "storefalse", "removefalse", "openfalse");
  }
}
