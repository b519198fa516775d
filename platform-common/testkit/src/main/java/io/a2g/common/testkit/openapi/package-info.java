/** What a service's OpenAPI document says, for programs that hold its answers against it. */
@NullMarked
package io.a2g.common.testkit.openapi;

import org.jspecify.annotations.NullMarked;
