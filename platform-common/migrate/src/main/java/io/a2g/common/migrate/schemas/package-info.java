/** Makes a database ready for the services: its URL, its five schemas and their roles. */
@NullMarked
package io.a2g.common.migrate.schemas;

import org.jspecify.annotations.NullMarked;
