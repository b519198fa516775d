package io.a2g.common.reference.remote;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code platform.references}.
 *
 * @param reservationAge when a reservation is settled in the background
 * @param sweepInterval pause between two looks for such
 * @param announceInterval pause between two looks for deletions that holders were not told
 */
@ConfigurationProperties("platform.references")
record RemoteReferenceProperties(
    Duration reservationAge, Duration sweepInterval, Duration announceInterval) {}
