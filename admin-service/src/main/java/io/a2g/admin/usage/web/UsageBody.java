package io.a2g.admin.usage.web;

import io.a2g.admin.usage.Usage;
import io.a2g.admin.usage.UsageBatch;
import io.a2g.common.error.BodyProblems;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ValidationProblems;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body that is either one record or {@code {"items": […]}}, as strictly as any other. */
@Component
class UsageBody {

  private final JsonMapper mapper;
  private final Validator validator;

  UsageBody(JsonMapper mapper, Validator validator) {
    this.mapper = mapper;
    this.validator = validator;
  }

  UsageBatch read(JsonNode body) {
    if (!body.has("items")) {
      return new UsageBatch(List.of(valid(body, Usage.class)), false);
    }
    return new UsageBatch(valid(body, UsageBatchRequest.class).items(), true);
  }

  private <T> T valid(JsonNode body, Class<T> type) {
    T request = read(body, type);
    var violations = validator.validate(request);
    if (!violations.isEmpty()) {
      throw ValidationProblems.explain(violations);
    }
    return request;
  }

  private <T> T read(JsonNode body, Class<T> type) {
    if (!body.isObject()) {
      throw new ProblemException(ProblemType.INVALID_BODY, "The body is a JSON object.");
    }
    try {
      return mapper.treeToValue(body, type);
    } catch (JacksonException e) {
      throw BodyProblems.explain(e);
    }
  }

  /** Several records. */
  record UsageBatchRequest(@NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid Usage> items) {}
}
