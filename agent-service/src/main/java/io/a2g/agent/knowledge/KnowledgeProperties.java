package io.a2g.agent.knowledge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What agents' knowledge is made of ({@code platform}).
 *
 * @param embeddingDimension numbers in an embedding, 1 to 2,000 (an HNSW index takes no more); 384
 *     when absent. The first migration fixes it in the database; afterwards the database's counts.
 */
@Validated
@ConfigurationProperties("platform")
record KnowledgeProperties(@DefaultValue("384") @Min(1) @Max(2000) int embeddingDimension) {}
