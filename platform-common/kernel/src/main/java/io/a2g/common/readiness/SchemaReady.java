package io.a2g.common.readiness;

/** Published once, when the schema is complete: work that needs tables starts here. */
public record SchemaReady() {}
