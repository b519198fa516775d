package io.a2g.common.error;

/**
 * What was asked for does not exist, or not for this caller: other people's things look exactly
 * like missing ones.
 */
public class ResourceNotFound extends ProblemException {

  /**
   * @param kind what was looked for, e.g. {@code agent}
   * @param id the id the caller gave
   */
  public ResourceNotFound(String kind, Object id) {
    super(ProblemType.NOT_FOUND, "There is no " + kind + " with id " + id + ".");
  }
}
