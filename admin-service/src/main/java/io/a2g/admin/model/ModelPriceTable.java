package io.a2g.admin.model;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What models cost now, by name. */
@Service
public class ModelPriceTable {

  private final JdbcClient jdbc;

  ModelPriceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Prices of the models with these names, disabled and deleted ones too: usage arrives late. Of
   * several models that had one name, the live one counts, else the one deleted last.
   *
   * @return name → price; without the names that no model ever had
   */
  public Map<String, ModelPrice> of(Collection<String> names) {
    return jdbc
        .sql(
            """
            SELECT DISTINCT ON (name)
              name, input_price_per_million_tokens, output_price_per_million_tokens
            FROM admin.llm_models
            WHERE name = ANY (?)
            ORDER BY name, deleted_at DESC NULLS FIRST, id DESC
            """)
        .param(names.toArray(String[]::new))
        .query((row, number) ->
            Map.entry(row.getString(1), new ModelPrice(row.getBigDecimal(2), row.getBigDecimal(3))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
