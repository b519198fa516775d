/** Settings that every service takes from its environment: database, secrets, defaults. */
@NullMarked
package io.a2g.common.environment;

import org.jspecify.annotations.NullMarked;
