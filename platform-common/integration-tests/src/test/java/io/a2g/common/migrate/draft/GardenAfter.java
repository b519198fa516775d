package io.a2g.common.migrate.draft;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnDefault;
import org.jspecify.annotations.Nullable;

/** Entities of the release after {@link GardenBefore}. */
final class GardenAfter {

  static final String EXTRAS =
      """
      CREATE FUNCTION chat.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := trim(NEW.name); RETURN NEW; END';
      CREATE INDEX plants_name_idx ON chat.plants (lower(name));
      CREATE INDEX plants_tall_idx ON chat.plants (height) WHERE height > 100;
      ALTER TABLE chat.plants ADD CONSTRAINT plants_height_check CHECK (height > 0 AND height < 10000);
      ALTER TABLE chat.plants ADD CONSTRAINT plants_kind_name_key UNIQUE (kind, name);
      ALTER TABLE chat.plants SET (fillfactor = 80);
      CREATE TRIGGER plants_touch BEFORE UPDATE ON chat.plants FOR EACH ROW EXECUTE FUNCTION chat.touch();
      CREATE INDEX pots_plant_id_idx ON chat.pots (plant_id);
      """;

  private GardenAfter() {}

  enum Stage {
    SEED,
    FLOWER,
    FRUIT
  }

  @Entity
  @Table(name = "plants", schema = "chat")
  static class Plant {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(length = 80)
    String name;

    Long height;

    @ColumnDefault("'none'")
    @Nullable String label;

    String kind;

    @Nullable Long parent;

    @Enumerated(EnumType.STRING)
    @ColumnDefault("'SEED'")
    Stage stage;

    @ManyToOne
    @JoinColumn(name = "mother_id", foreignKey = @ForeignKey(name = "plants_mother_fk"))
    @Nullable Plant mother;
  }

  @Entity
  @Table(name = "pots", schema = "chat")
  static class Pot {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @ManyToOne
    @JoinColumn(name = "plant_id", foreignKey = @ForeignKey(name = "pots_plant_fk"))
    Plant plant;
  }
}
