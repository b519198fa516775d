package io.a2g.user.oauth.grant;

/** What the audit keeps of a grant that ended before its time. */
record RevokedGrant(String grantId, long oauthClientId, String reason) {}
