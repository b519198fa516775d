package io.a2g.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many may wait for approval ({@code platform.sign-up}).
 *
 * @param maxPending users at the same time, by sign-up and by the identity provider; 1,000 when
 *     absent
 */
@ConfigurationProperties("platform.sign-up")
record WaitingRoomProperties(@DefaultValue("1000") int maxPending) {}
