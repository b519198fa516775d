package io.a2g.user.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Users who come without an administrator ({@code platform.sign-up}).
 *
 * @param open whether people without an invitation may sign up; true when absent
 * @param maxPending users who may wait for approval at the same time: so many who signed up, and so
 *     many whom the identity provider named; 1,000 when absent
 * @param undecided how long a sign-up waits for a decision before it is removed; 14 days when
 *     absent
 */
@ConfigurationProperties("platform.sign-up")
public record SignUpProperties(
    @DefaultValue("true") boolean open,
    @DefaultValue("1000") int maxPending,
    @DefaultValue("P14D") Duration undecided) {}
