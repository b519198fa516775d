package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a2g.common.persistence.Versioned;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Objects;
import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.orm.jpa.hibernate.HibernateExceptionTranslator;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Every entity with a version notices when it is stale, and the caller is told. */
public abstract class VersionContractIT extends PlatformIT {

  // A row that is gone is as stale as one that somebody else changed, and needs no columns.
  private static final long GONE = 999_999_999;

  @Autowired private EntityManagerFactory entities;

  @Autowired
  @Qualifier("handlerExceptionResolver")
  private HandlerExceptionResolver problems;

  @Test
  void staleVersionOfAnyEntityIs409() throws UnsupportedEncodingException {
    SessionFactoryImplementor factory = entities.unwrap(SessionFactoryImplementor.class);
    List<EntityPersister> versioned =
        entities.getMetamodel().getEntities().stream()
            .map(EntityType::getJavaType)
            .filter(Versioned.class::isAssignableFrom)
            .map(factory.getMappingMetamodel()::getEntityDescriptor)
            .toList();

    assertThat(versioned).isNotEmpty();
    for (EntityPersister entity : versioned) {
      MockHttpServletResponse answer = new MockHttpServletResponse();
      problems.resolveException(
          new MockHttpServletRequest(), answer, null, failureOf(factory, entity));
      assertThat(answer.getStatus()).as(entity.getEntityName()).isEqualTo(409);
      assertThat(answer.getContentAsString()).contains("\"code\":\"concurrent_update\"");
    }
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
