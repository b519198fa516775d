/** The services of the platform, their schemas, and what refers to what across them. */
@NullMarked
package io.a2g.common.topology;

import org.jspecify.annotations.NullMarked;
