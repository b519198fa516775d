/** What a schema consists of, read from PostgreSQL's own catalogues, and how two of them differ. */
@NullMarked
package io.a2g.common.migrate.catalogue;

import org.jspecify.annotations.NullMarked;
