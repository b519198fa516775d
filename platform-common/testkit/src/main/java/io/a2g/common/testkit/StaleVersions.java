package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a2g.common.persistence.Versioned;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.orm.jpa.hibernate.HibernateExceptionTranslator;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What a caller is told when an entity notices that its version is stale. */
final class StaleVersions {

  // A row that is gone is as stale as one that somebody else changed, and needs no columns.
  private static final long GONE = 999_999_999;

  private StaleVersions() {}

  /** The answer for each entity that has a version, by its name. */
  static Map<String, MockHttpServletResponse> answers(
      EntityManagerFactory entities, HandlerExceptionResolver problems) {
    SessionFactoryImplementor factory = entities.unwrap(SessionFactoryImplementor.class);
    Map<String, MockHttpServletResponse> answers = new TreeMap<>();
    for (EntityType<?> type : entities.getMetamodel().getEntities()) {
      if (Versioned.class.isAssignableFrom(type.getJavaType())) {
        var entity = factory.getMappingMetamodel().getEntityDescriptor(type.getJavaType());
        var answer = new MockHttpServletResponse();
        problems.resolveException(
            new MockHttpServletRequest(), answer, null, failureOf(factory, entity));
        answers.put(entity.getEntityName(), answer);
      }
    }
    return answers;
  }

  private static Exception failureOf(SessionFactoryImplementor factory, EntityPersister entity) {
    try (var session = factory.openStatelessSession()) {
      Object stale = entity.instantiate(GONE, (SharedSessionContractImplementor) session);
      HibernateException failure =
          catchThrowableOfType(HibernateException.class, () -> session.update(stale));
      return Objects.requireNonNull(
          new HibernateExceptionTranslator().translateExceptionIfPossible(failure));
    }
  }
}
