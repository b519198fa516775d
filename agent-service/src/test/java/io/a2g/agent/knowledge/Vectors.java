package io.a2g.agent.knowledge;

import java.util.Random;

/** Embeddings of the default dimension. */
public final class Vectors {

  /** Numbers in an embedding of the test databases. */
  public static final int DIMENSION = 384;

  private Vectors() {}

  /** At this angle to {@code at(0)}: the cosine of the angle is their similarity. */
  public static float[] at(double degrees) {
    return at(degrees, 1);
  }

  /** The same, of this Euclidean length. */
  public static float[] at(double degrees, double length) {
    float[] vector = new float[DIMENSION];
    vector[0] = (float) (length * Math.cos(Math.toRadians(degrees)));
    vector[DIMENSION - 1] = (float) (length * Math.sin(Math.toRadians(degrees)));
    return vector;
  }

  /** Any direction. */
  public static float[] random(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** What a search should answer as the score. */
  public static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squaresOfA += (double) a[i] * a[i];
      squaresOfB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(squaresOfA * squaresOfB);
  }
}
