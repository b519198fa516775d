package io.a2g.common.migrate.draft;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Entities of a release. */
final class GardenBefore {

  static final String EXTRAS =
      """
      CREATE FUNCTION chat.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE INDEX plants_name_idx ON chat.plants (name);
      ALTER TABLE chat.plants ADD CONSTRAINT plants_height_check CHECK (height > 0);
      """;

  private GardenBefore() {}

  enum Stage {
    SEED,
    FLOWER
  }

  @Entity
  @Table(name = "plants", schema = "chat")
  static class Plant {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(length = 40)
    String name;

    @Nullable Integer height;

    @Nullable String label;

    @Enumerated(EnumType.STRING)
    Stage stage;
  }
}
