package io.a2g.common.web.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What requests may cost ({@code platform.limits}).
 *
 * @param body largest body of a request that is not an upload; 1 MB when absent
 * @param minBodyRate least a second that a request's body must come with on average, uploads
 *     included, after the first ten seconds of waiting for it; 0, and when absent: any rate
 * @param concurrentRequests requests of callers served at the same time; 64 when absent. More than
 *     a few per database connection only moves the queue into the pool. Uploads, and requests of
 *     other services, may be as many besides, those without a credential a quarter, and long
 *     answers on their way four times as many
 * @param queueTime how long a request waits for its turn before 503; 2 s when absent
 * @param deadline how long a request may use the database from its turn on before 503; 10 s when
 *     absent, more than a second
 */
@ConfigurationProperties("platform.limits")
public record LimitProperties(
    @DefaultValue("1MB") DataSize body,
    @DefaultValue("0") DataSize minBodyRate,
    @DefaultValue("64") int concurrentRequests,
    @DefaultValue("2s") Duration queueTime,
    @DefaultValue("10s") Duration deadline) {}
