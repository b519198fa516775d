/** The OpenAPI document every service publishes. */
@NullMarked
package io.a2g.common.openapi;

import org.jspecify.annotations.NullMarked;
