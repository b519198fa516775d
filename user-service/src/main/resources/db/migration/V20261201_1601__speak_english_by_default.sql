-- As the sign-in page does to browsers that ask for no language. Users keep what they have.
ALTER TABLE users.users ALTER COLUMN language_preference SET DEFAULT 'en';
