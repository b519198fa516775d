/** Makes a database ready for the services: its URL, its five schemas and their roles. */
@NullMarked
package io.a2g.common.schema;

import org.jspecify.annotations.NullMarked;
