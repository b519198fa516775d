/** What agents know: text chunks with embeddings, and search by similarity. */
@NullMarked
package io.a2g.agent.knowledge;

import org.jspecify.annotations.NullMarked;
