package io.a2g.user.oauth.key;

import io.a2g.common.job.PlatformJob;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SigningKeyConfiguration {

  @Bean
  PlatformJob signingKeyRotation(SigningKeys keys) {
    return new PlatformJob("signing-key-rotation", Duration.ofMinutes(10), keys::maintain);
  }
}
