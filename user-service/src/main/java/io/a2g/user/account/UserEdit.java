package io.a2g.user.account;

/** What of a user can be edited: by the user, the profile alone. */
public record UserEdit(Profile profile, Department department) {}
