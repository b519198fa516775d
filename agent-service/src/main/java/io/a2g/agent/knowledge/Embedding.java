package io.a2g.agent.knowledge;

import io.a2g.common.error.InvalidRequest;
import java.util.StringJoiner;

/** A vector with a direction: finite numbers, not all zero. */
final class Embedding {

  // Squares of numbers in this range, and their sum, fit single precision, in which pgvector works.
  private static final double SHORTEST = 1e-15;
  private static final double LONGEST = 1e15;

  private final float[] values;
  private final double norm;

  private Embedding(float[] values) {
    this.values = values;
    this.norm = normOf(values);
  }

  /**
   * Checks a vector that a caller gave.
   *
   * @param field where it stands in the request
   * @throws InvalidRequest naming the field, or the number in it
   */
  static Embedding of(String field, float[] values, int dimension) {
    if (values.length != dimension) {
      throw new InvalidRequest(
          field, "dimension", "must have %d numbers, not %d".formatted(dimension, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidRequest(
            field + "[" + i + "]", "finite", "must be a finite single-precision number");
      }
    }
    Embedding embedding = new Embedding(values.clone());
    if (embedding.norm < SHORTEST || embedding.norm > LONGEST) {
      throw new InvalidRequest(
          field,
          "norm",
          "must have a Euclidean length between %s and %s".formatted(SHORTEST, LONGEST));
    }
    return embedding;
  }

  private static double normOf(float[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** Euclidean length. */
  double norm() {
    return norm;
  }

  int dimension() {
    return values.length;
  }

  void copyTo(float[] target, int position) {
    System.arraycopy(values, 0, target, position, values.length);
  }

  double[] toDoubles() {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** As pgvector reads it. */
  String toVectorText() {
    StringJoiner text = new StringJoiner(",", "[", "]");
    for (float value : values) {
      text.add(Float.toString(value));
    }
    return text.toString();
  }
}
