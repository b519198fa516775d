DROP TABLE users.invitations;
