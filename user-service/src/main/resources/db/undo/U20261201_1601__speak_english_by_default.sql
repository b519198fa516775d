ALTER TABLE users.users ALTER COLUMN language_preference SET DEFAULT 'ko';
