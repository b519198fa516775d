package io.a2g.common.web;

import io.a2g.common.error.BodyProblems;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ValidationProblems;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.HashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON merge patch (RFC 7396) over a record: what the patch leaves out stays, null clears, and the
 * whole result is read and validated as strictly as a new body. A stored value that breaks a rule
 * which is younger than it does not stand in the way of changing others.
 */
public class MergePatch {

  private final JsonMapper mapper;
  private final Validator validator;

  /** Shares the application's strict mapper and validator. */
  public MergePatch(JsonMapper mapper, Validator validator) {
    this.mapper = mapper;
    this.validator = validator;
  }

  /**
   * The result of a patch; nothing is stored.
   *
   * @param current the editable fields as they are
   * @param patch the body of the PATCH
   * @return the editable fields as they shall be
   * @throws ProblemException 400 for unknown fields or wrong types, 422 for values that break a
   *     rule
   */
  public <T> T apply(T current, JsonNode patch) {
    if (!patch.isObject()) {
      throw new ProblemException(ProblemType.INVALID_BODY, "A merge patch is a JSON object.");
    }
    ObjectNode merged = merge(mapper.valueToTree(current), patch);
    T result = read(merged, current);
    var violations = new HashSet<>(validator.validate(result));
    validator.validate(current).forEach(known -> violations.removeIf(one -> isSame(one, known)));
    if (!violations.isEmpty()) {
      throw ValidationProblems.explain(violations);
    }
    return result;
  }

  private static boolean isSame(ConstraintViolation<?> one, ConstraintViolation<?> other) {
    return one.getPropertyPath().equals(other.getPropertyPath())
        && one.getMessage().equals(other.getMessage())
        && Objects.equals(one.getInvalidValue(), other.getInvalidValue());
  }

  @SuppressWarnings("unchecked")
  private <T> T read(ObjectNode merged, T current) {
    try {
      return (T) mapper.treeToValue(merged, current.getClass());
    } catch (JacksonException e) {
      throw BodyProblems.explain(e);
    }
  }

  // At the top a null stays as null instead of vanishing, so that a required field is missed.
  private static ObjectNode merge(ObjectNode target, JsonNode patch) {
    for (var field : patch.properties()) {
      JsonNode old = target.get(field.getKey());
      target.set(field.getKey(), value(old, field.getValue()));
    }
    return target;
  }

  private static JsonNode value(@Nullable JsonNode old, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result =
        old instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    for (var field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), value(result.get(field.getKey()), field.getValue()));
      }
    }
    return result;
  }
}
