package io.a2g.common.security;

import java.util.List;

/**
 * Where callers and the keys that verify their tokens come from: the users schema, or its service.
 */
interface CallerSource extends CallerDirectory {

  /** The issuer's public keys, each a JSON Web Key. */
  List<String> signingKeys();
}
