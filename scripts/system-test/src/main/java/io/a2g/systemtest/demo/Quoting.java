package io.a2g.systemtest.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The agent's "model": it answers with the sentences of a passage that are closest to the question.
 * It invents nothing, needs no key, and gives the same answer everywhere.
 */
record Quoting(Embedding embedding) {

  /** The name it is registered and counted under. */
  static final String MODEL = "a2g-demo-quoting";

  static final String INSTRUCTION =
      "Answer by quoting the passages. Say where the quotation stands.";

  private static final int SENTENCES = 2;
  private static final double WORTH_QUOTING = 0.5; // of the best sentence's similarity
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");

  /** The sentences that answer best, in the passage's own order. */
  String quote(Chunk passage, double[] question) {
    List<String> sentences =
        Arrays.stream(passage.text().split("(?<=[.!?])\\s+(?=\\p{Lu}|`)|\n(?=[-*|] |```)"))
            .map(Quoting::readable)
            .filter(sentence -> sentence.length() > 20)
            .toList();
    double[] scores =
        sentences.stream()
            .mapToDouble(s -> Embedding.similarity(question, embedding.of(s)))
            .toArray();
    double least = Arrays.stream(scores).max().orElse(0) * WORTH_QUOTING;
    List<Integer> best =
        IntStream.range(0, scores.length)
            .boxed()
            .filter(i -> scores[i] >= least)
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(SENTENCES)
            .sorted()
            .toList();
    return sentences.isEmpty()
        ? passage.text()
        : String.join(" ", best.stream().map(sentences::get).toList());
  }

  // Rows of a table are read as their cells, and marks of a list or of emphasis are left out.
  private static String readable(String sentence) {
    return sentence
        .replaceAll("\\*\\*", "")
        .replaceAll("^\\s*[|*-] | \\|\\s*$", "")
        .replaceAll("\\s*\\|\\s*", " · ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** How many tokens a text counts for: its words and marks. */
  static int tokens(String text) {
    return (int) TOKEN.matcher(text).results().count();
  }
}
