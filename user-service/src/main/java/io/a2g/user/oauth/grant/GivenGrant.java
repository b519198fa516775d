package io.a2g.user.oauth.grant;

import java.util.Set;

/** What the audit keeps of a grant that a client begins to use. */
record GivenGrant(String grantId, long oauthClientId, Set<String> scopes) {}
