/** An HTTP client for tests that speaks like a program outside: bytes, headers, JSON. */
@NullMarked
package io.a2g.common.testkit.http;

import org.jspecify.annotations.NullMarked;
