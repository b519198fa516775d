package io.a2g.user.signup;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign up ({@code platform.sign-up}).
 *
 * @param open whether people without an invitation may; true when absent
 * @param maxPending how many may wait for approval at the same time; 1,000 when absent
 */
@ConfigurationProperties("platform.sign-up")
record SignUpProperties(@DefaultValue("true") boolean open, @DefaultValue("1000") int maxPending) {}
