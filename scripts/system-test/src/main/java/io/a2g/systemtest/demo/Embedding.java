package io.a2g.systemtest.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns text into a vector by feature hashing (Weinberger et al., 2009): words, pairs of words and
 * the letter groups inside words each add to one of the vector's places, with a sign, both taken
 * from the feature's hash. Texts that share features point the same way. It needs no model file and
 * gives the same vector everywhere; a trained model would also know what words mean.
 *
 * @param dimension length of the vectors; the installation decides (EMBEDDING_DIMENSION)
 */
record Embedding(int dimension) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final double HEADING_WEIGHT = 0.4;
  private static final double PAIR_WEIGHT = 0.7;
  private static final double GROUP_WEIGHT = 0.25;

  // They stand in every text and say nothing about its subject.
  private static final Set<String> STOP_WORDS =
      Set.of(
          ("a an and are as at be but by can do does for from has have how i if in is it its no not"
                  + " of on one or so than that the their them then there they this to was we what"
                  + " when where which who why will with you your")
              .split(" "));

  /** The text's vector, of length 1 (Euclidean); all zero for a text without words. */
  double[] of(String text) {
    var vector = new double[dimension];
    weights(text)
        .forEach((feature, weight) -> {
          long hash = hash(feature);
          int place = (int) Long.remainderUnsigned(hash, dimension);
          // Repetition counts, but less and less.
          vector[place] += (hash < 0 ? -1 : 1) * Math.sqrt(weight);
        });
    return normalised(vector);
  }

  /** A chunk's vector: what it says counts more than what stands above it. */
  double[] of(Chunk chunk) {
    double[] vector = of(chunk.text());
    double[] heading = of(chunk.heading());
    for (int i = 0; i < dimension; i++) {
      vector[i] += HEADING_WEIGHT * heading[i];
    }
    return normalised(vector);
  }

  /** Cosine of the angle between two vectors that {@link #of} made: 1 is the same direction. */
  static double similarity(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static Map<String, Double> weights(String text) {
    var weights = new HashMap<String, Double>();
    String previous = "";
    var words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      String word = words.group();
      if (!STOP_WORDS.contains(word)) {
        add(weights, "w:" + word, 1);
        add(weights, "p:" + previous + " " + word, PAIR_WEIGHT * PAIR_WEIGHT);
        addGroups(weights, "<" + word + ">");
        previous = word;
      }
    }
    return weights;
  }

  // Groups of three and four letters make "deploys", "deployed" and "deployment" neighbours.
  private static void addGroups(Map<String, Double> weights, String word) {
    for (int size = 3; size <= 4; size++) {
      for (int i = 0; i + size <= word.length(); i++) {
        add(weights, "g:" + word.substring(i, i + size), GROUP_WEIGHT * GROUP_WEIGHT);
      }
    }
  }

  private static void add(Map<String, Double> weights, String feature, double weight) {
    weights.merge(feature, weight, Double::sum);
  }

  /** FNV-1a with a final mix, 64 bits; {@link String#hashCode} spreads too little for this. */
  private static long hash(String feature) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < feature.length(); i++) {
      hash = (hash ^ feature.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  private static double[] normalised(double[] vector) {
    double length = Math.sqrt(similarity(vector, vector));
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
