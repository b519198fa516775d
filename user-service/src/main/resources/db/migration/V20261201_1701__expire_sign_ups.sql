ALTER TABLE users.users ADD COLUMN sign_up_expires_at timestamptz;
COMMENT ON COLUMN users.users.sign_up_expires_at IS 'When a sign-up without a decision is removed; null: decided, or no sign-up.';
