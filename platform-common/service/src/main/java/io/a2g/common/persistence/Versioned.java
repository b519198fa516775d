package io.a2g.common.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;
import org.jspecify.annotations.Nullable;

/** The columns every row of the domain has. The database keeps both times. */
@MappedSuperclass
public abstract class Versioned {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Version
  @ColumnDefault("0")
  private int version;

  @Generated(event = EventType.INSERT)
  @Column(nullable = false, insertable = false, updatable = false)
  @ColumnDefault("now()")
  private @Nullable Instant createdAt;

  @Generated(event = {EventType.INSERT, EventType.UPDATE})
  @Column(nullable = false, insertable = false, updatable = false)
  @ColumnDefault("now()")
  private @Nullable Instant updatedAt;

  /**
   * The row's id.
   *
   * @throws NullPointerException before the row is stored
   */
  public long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** Counts updates from 0; the entity tag is made of it. */
  public int version() {
    return version;
  }

  /** When the row was stored. */
  public Instant createdAt() {
    return Objects.requireNonNull(createdAt, "not stored yet");
  }

  /** When the row was last changed. */
  public Instant updatedAt() {
    return Objects.requireNonNull(updatedAt, "not stored yet");
  }
}
